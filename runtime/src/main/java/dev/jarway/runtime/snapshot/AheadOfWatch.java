package dev.jarway.runtime.snapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The uploads that the watch has not seen in the drop folder yet. A picture of the folder may be taken before an upload and
 * come after it; without this, what has just been acknowledged would seem to be gone. Used by the thread of the changes.
 */
final class AheadOfWatch {
    private final Map<String, JarSeen> files = new HashMap<>();

    /** A file has been put there. */
    void add(String name, JarSeen file) {
        files.put(name, file);
    }

    /** The watch has looked since. */
    void remove(String name, JarSeen file) {
        files.remove(name, file);
    }

    /** The picture as it would be if it had been taken now. */
    Map<String, JarSeen> over(Map<String, JarSeen> picture) {
        Map<String, JarSeen> now = new TreeMap<>(picture);
        now.putAll(files);
        return now;
    }
}
