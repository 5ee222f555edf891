package dev.jarway.soak.measure;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a gateway's processes hold at one moment.
 *
 * @param threads how many of each name
 * @param descriptors how many of each sort: sockets, files, pipes and so on
 * @param deletedJars open files that have been deleted, by name
 * @param residentKb memory of the processes, as the system sees it
 * @param generations copies of code or configuration that are alive: class loaders of plugins, worker processes
 * @param metaspaceKb used; 0 where there is none
 * @param directKb memory outside of the heap that was asked for by the program; 0 where it is not known
 */
public record Vitals(
        Map<String, Integer> threads,
        Map<String, Integer> descriptors,
        Map<String, Integer> deletedJars,
        long residentKb,
        int generations,
        long metaspaceKb,
        long directKb) {

    public Vitals {
        threads = Map.copyOf(threads);
        descriptors = Map.copyOf(descriptors);
        deletedJars = Map.copyOf(deletedJars);
    }

    /** How many in all. */
    public int threadCount() {
        return sum(threads);
    }

    /** How many in all. */
    public int descriptorCount() {
        return sum(descriptors);
    }

    /** The threads that there are more of than before; by name, how many more. */
    public Map<String, Integer> threadsBeyond(Vitals before) {
        return beyond(threads, before.threads);
    }

    /** The descriptors that there are more of than before; by sort, how many more. */
    public Map<String, Integer> descriptorsBeyond(Vitals before) {
        return beyond(descriptors, before.descriptors);
    }

    private static Map<String, Integer> beyond(Map<String, Integer> now, Map<String, Integer> before) {
        Map<String, Integer> beyond = new TreeMap<>();
        now.forEach((name, count) -> {
            int more = count - before.getOrDefault(name, 0);
            if (more > 0) {
                beyond.put(name, more);
            }
        });
        return beyond;
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
