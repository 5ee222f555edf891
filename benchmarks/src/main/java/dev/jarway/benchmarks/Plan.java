package dev.jarway.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** From the command line. */
    static Plan of(List<String> arguments) {
        Options given = new Options(arguments, List.of("peers", "works", "rounds", "seconds", "warm-up", "rate"));
        List<Peer> peers = chosen(
                given.text("peers"),
                Peers.all().stream()
                        .collect(Collectors.toMap(Peer::name, peer -> peer, (a, b) -> a, LinkedHashMap::new)));
        List<Work> works = chosen(
                given.text("works"),
                Arrays.stream(Work.values())
                        .collect(Collectors.toMap(Work::key, work -> work, (a, b) -> a, LinkedHashMap::new)));
        return new Plan(
                peers,
                works,
                given.number("rounds", 5),
                given.number("seconds", 8),
                given.number("warm-up", 40),
                given.number("rate", 5000));
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
}
