package dev.jarway.runtime.filter;

import java.util.List;

/**
 * One place in a filter chain where several versions of a plugin stand side by side.
 *
 * @param name what the configuration calls it; unique in a chain
 * @param split decides which of them an exchange meets; shared by all places where the decision has to be the same
 * @param versions one for each version of the split, in its order
 */
public record SplitEntry(String name, VersionSplit split, List<FilterEntry> versions) implements ChainEntry {
    public SplitEntry {
        versions = List.copyOf(versions);
    }
}
