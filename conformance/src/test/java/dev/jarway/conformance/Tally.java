package dev.jarway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many cases of each group came to which verdict, as a file that a person reads. */
final class Tally {
    private final Map<String, Map<String, Integer>> groups = new LinkedHashMap<>();
    private final Map<String, Integer> all = new TreeMap<>();

    private Tally() {}

    static Tally of(List<CaseResult> results) {
        Tally tally = new Tally();
        for (CaseResult result : results) {
            tally.groups
                    .computeIfAbsent(result.group(), group -> new TreeMap<>())
                    .merge(result.verdict(), 1, Integer::sum);
            tally.all.merge(result.verdict(), 1, Integer::sum);
        }
        return tally;
    }

    /** The number of cases of each group. */
    Map<String, Integer> cases() {
        Map<String, Integer> cases = new LinkedHashMap<>();
        groups.forEach((group, verdicts) -> cases.put(group, sum(verdicts)));
        return cases;
    }

    /** Leaves it where whoever runs the suites looks for it. */
    void write(String name) throws IOException {
        StringBuilder text = new StringBuilder(name).append('\n');
        groups.forEach((group, verdicts) -> text.append(line(group, verdicts)));
        text.append(line("all", all));
        Files.writeString(Suite.results(".").resolve(name + ".txt"), text);
    }

    private static String line(String group, Map<String, Integer> verdicts) {
        return String.format("%-24s %4d  %s%n", group, sum(verdicts), verdicts);
    }

    private static int sum(Map<String, Integer> verdicts) {
        return verdicts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
