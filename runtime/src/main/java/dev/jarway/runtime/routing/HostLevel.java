package dev.jarway.runtime.routing;

import org.jspecify.annotations.Nullable;

/**
 * One host pattern's value, and the way to the next wider pattern that fits all its hosts too.
 *
 * @param host the name, or what names end with that fit
 * @param wider null where there is none
 */
record HostLevel<T>(String host, T value, @Nullable HostLevel<T> wider) implements Region {

    @Override
    public boolean is(String text, int from, int to) {
        return Region.is(host, text, from, to);
    }
}
