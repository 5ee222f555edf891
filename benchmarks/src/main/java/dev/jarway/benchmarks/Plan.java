package dev.jarway.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run is to be.
 *
 * @param peers who takes part
 * @param works what is asked of them
 * @param rounds how often each is measured
 * @param seconds how long a round of one work with one peer takes
 * @param warmUp seconds of the first work before the first round, in which a JVM compiles; the others have a quarter of that each
 * @param rate requests per second of the latency rounds; 0 for none
 */
record Plan(List<Peer> peers, List<Work> works, int rounds, int seconds, int warmUp, int rate) {

    /** From the command line: {@code --key value}, each once at most. */
    static Plan of(List<String> arguments) {
        Map<String, String> given = new TreeMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String key = arguments.get(i);
            if (!key.startsWith("--") || i + 1 == arguments.size()) {
                throw new IllegalArgumentException(key + " (expected: --key value)");
            }
            given.put(key.substring(2), arguments.get(i + 1));
        }
        List<Peer> peers = chosen(
                given.remove("peers"),
                Peers.all().stream()
                        .collect(Collectors.toMap(Peer::name, peer -> peer, (a, b) -> a, LinkedHashMap::new)));
        List<Work> works = chosen(
                given.remove("works"),
                Arrays.stream(Work.values())
                        .collect(Collectors.toMap(Work::key, work -> work, (a, b) -> a, LinkedHashMap::new)));
        Plan plan = new Plan(
                peers,
                works,
                number(given.remove("rounds"), 5),
                number(given.remove("seconds"), 8),
                number(given.remove("warm-up"), 40),
                number(given.remove("rate"), 5000));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("--" + given.keySet().iterator().next()
                    + " (expected: peers, works, rounds, seconds, warm-up, rate)");
        }
        return plan;
    }

    /** Seconds of that work before the first round. */
    int warmUp(Work work) {
        return work == works.getFirst() ? warmUp : Math.ceilDiv(warmUp, 4);
    }

    private static <T> List<T> chosen(@Nullable String names, Map<String, T> all) {
        if (names == null) {
            return List.copyOf(all.values());
        }
        List<T> chosen = new ArrayList<>();
        for (String name : names.split(",", -1)) {
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException(name + " (expected: some of " + all.keySet() + ")");
            }
            chosen.add(all.get(name));
        }
        return chosen;
    }

    private static int number(@Nullable String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }
}
