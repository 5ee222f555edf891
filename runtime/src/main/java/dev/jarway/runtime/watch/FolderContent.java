package dev.jarway.runtime.watch;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The complete picture of a drop folder at one moment.
 *
 * @param files by file name
 * @param changed names of files that were added, replaced or removed since the picture before this one
 */
public record FolderContent(SortedMap<String, SeenFile> files, Set<String> changed) {

    public FolderContent {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        changed = Collections.unmodifiableSet(new TreeSet<>(changed));
    }
}
