package dev.jarway.runtime.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One file in which the plugins of two revisions differ: added, removed, or replaced.
 *
 * @param from what it was; empty if it was added
 * @param to what it is; empty if it was removed
 */
public record PluginChange(Optional<PluginFile> from, Optional<PluginFile> to) {

    /** Where the newer plugins differ from the older ones, by the files' names. */
    public static List<PluginChange> between(List<PluginFile> older, List<PluginFile> newer) {
        Map<String, PluginFile> before = byName(older);
        Map<String, PluginFile> now = byName(newer);
        List<PluginChange> changes = new ArrayList<>();
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            Optional<PluginFile> from = Optional.ofNullable(before.get(name));
            Optional<PluginFile> to = Optional.ofNullable(now.get(name));
            if (!from.equals(to)) {
                changes.add(new PluginChange(from, to));
            }
        }
        return changes;
    }

    private static SortedMap<String, PluginFile> byName(List<PluginFile> files) {
        SortedMap<String, PluginFile> byName = new TreeMap<>();
        files.forEach(file -> byName.put(file.file(), file));
        return byName;
    }
}
