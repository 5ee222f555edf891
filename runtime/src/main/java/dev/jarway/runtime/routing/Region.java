package dev.jarway.runtime.routing;

/** What stands in a {@link RegionMap}, and knows the text that it stands there for. */
interface Region {

    /** Whether that is its text. */
    boolean is(String text, int from, int to);
}
