package dev.jarway.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of others that the build has put into a folder. */
final class Suite {
    private static final Path FOLDER = Path.of(System.getProperty("conformance.suites"));
    private static final Path RESULTS = Path.of(System.getProperty("conformance.results"));

    private Suite() {}

    /** A file of it. That it is missing is an error, never a reason to leave the suite out. */
    static Path file(String name) throws IOException {
        Path file = FOLDER.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new IOException("no " + file + " (expected: put there by ./mvnw -Pconformance verify)");
        }
        return file;
    }

    /** A folder for what is to be looked at after a run. */
    static Path results(String name) throws IOException {
        return Files.createDirectories(RESULTS.resolve(name));
    }

    /**
     * Runs a program to its end.
     *
     * @param output where what it says goes
     * @return its exit code
     */
    static int run(Duration limit, Path output, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command + " is not over after " + limit + "; it said: " + tail(output));
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The last of what a program has said. */
    static String tail(Path output) throws IOException {
        String all = Files.readString(output);
        return all.substring(Math.max(0, all.length() - 2000));
    }
}
