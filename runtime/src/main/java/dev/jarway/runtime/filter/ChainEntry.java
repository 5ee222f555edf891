package dev.jarway.runtime.filter;

/** One place in a filter chain: one filter, or several versions of one of which each exchange meets one. */
public sealed interface ChainEntry permits FilterEntry, SplitEntry {

    /** What the configuration calls it; unique in a chain. */
    String name();
}
