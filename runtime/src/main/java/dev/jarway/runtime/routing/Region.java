package dev.jarway.runtime.routing;

/** What stands in a {@link RegionMap}, and knows the text that it stands there for. */
interface Region {

    /** Whether that is its text. */
    boolean is(String text, int from, int to);

    /** Whether that key is all of the region. */
    static boolean is(String key, String text, int from, int to) {
        return key.length() == to - from && text.startsWith(key, from);
    }
}
