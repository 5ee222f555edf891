package dev.jarway.runtime.routing;

import org.jspecify.annotations.Nullable;

/**
 * One host pattern's value, and the way to the next wider pattern that fits all its hosts too.
 *
 * @param wider null where there is none
 */
record HostLevel<T>(T value, @Nullable HostLevel<T> wider) {}
