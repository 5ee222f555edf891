package dev.jarway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What became of all floods, as a file that a person reads while they run. */
final class FloodTable {
    private final Path file;
    private final List<FloodRow> rows = new ArrayList<>();

    private FloodTable(Path file) {
        this.file = file;
    }

    /** One that is left in the results under that name. */
    static FloodTable named(String name) throws IOException {
        Path file = Suite.results(".").resolve(name + ".md");
        return new FloodTable(file);
    }

    void add(FloodRow row) throws IOException {
        rows.add(row);
        Files.writeString(file, toString());
    }

    /** What is not as it has to be in any of them. */
    List<String> faults() {
        return rows.stream().flatMap(row -> row.faults().stream()).toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(FloodRow.head());
        rows.forEach(row -> text.append(row.line()));
        return text.toString();
    }
}
