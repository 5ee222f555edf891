package dev.jarway.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which processor does what: one is the proxy's, another does all the rest. */
enum Cores {
    PROXY("0"),
    REST("1");

    private final String number;

    Cores(String number) {
        this.number = number;
    }

    /** A command that stays on it, and so do all processes that come of it. */
    List<String> pin(List<String> command) throws IOException {
        List<String> pinned = new ArrayList<>(
                List.of(Program.require("taskset", "util-linux").file().toString(), "-c", number));
        pinned.addAll(command);
        return pinned;
    }
}
