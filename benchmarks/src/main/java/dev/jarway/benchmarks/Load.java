package dev.jarway.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What asks a proxy for work, as fast as it is answered. */
interface Load {
    /** Header fields that every request has, whichever the proxy: the key that filters ask for, and one for them to rename. */
    Map<String, String> FIELDS = Map.of("x-api-key", "benchmark", "x-client", "load");

    /** What came of it: how many answers in that time, and how many that were none. */
    record Outcome(long answered, long failed) {}

    /** Asks for so many seconds. */
    Outcome run(Work work, Site site, int seconds) throws IOException;

    /** That which does such work. */
    static Load of(Work work) {
        return work == Work.HTTP2 ? H2load::run : Wrk::run;
    }

    /** The fields, as options of wrk and h2load. */
    static List<String> fieldOptions() {
        return new TreeMap<>(FIELDS)
                .entrySet().stream()
                        .map(field -> "-H" + field.getKey() + ": " + field.getValue())
                        .toList();
    }
}
