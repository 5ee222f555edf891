package dev.jarway.benchmarks;

import java.io.IOException;

/** What asks a proxy for work, as fast as it is answered. */
interface Load {
    /** What came of it: how many answers in that time, and how many that were none. */
    record Outcome(long answered, long failed) {}

    /** Asks for so many seconds. */
    Outcome run(Work work, Site site, int seconds) throws IOException;

    /** That which does such work. */
    static Load of(Work work) {
        return work == Work.HTTP2 ? H2load::run : Wrk::run;
    }
}
