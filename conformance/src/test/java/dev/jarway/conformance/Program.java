package dev.jarway.conformance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program of others that this machine has, from a package of Debian. */
final class Program {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Path NOTHING = Path.of("/dev/null");

    private final Path file;

    private Program(Path file) {
        this.file = file;
    }

    /**
     * The program of that name. That it is missing is an error, never a reason to leave anything out.
     *
     * @param debian the package that it is in
     */
    static Program of(String name, String debian) throws IOException {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path file = Path.of(folder, name);
            if (Files.isExecutable(file)) {
                return new Program(file);
            }
        }
        throw new IOException("no " + name + " on the path (expected: the Debian package " + debian
                + ", as docs/internals/conformance.md says)");
    }

    /**
     * What a program has said.
     *
     * @param code its exit code
     * @param out on its standard output
     * @param err on its standard error output
     */
    record Said(int code, String out, String err) {}

    /** Runs it to its end, with that file as its input. */
    Said run(Path input, List<String> options) throws IOException, InterruptedException {
        Path out = Files.createTempFile("said", ".out");
        Path err = Files.createTempFile("said", ".err");
        try {
            Process process = builder(options)
                    .redirectInput(input.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            try {
                if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException(file + " " + options + " is not over after " + LIMIT + "; it said: "
                            + Suite.tail(out) + Suite.tail(err));
                }
                return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Runs it to its end, without input. */
    Said run(List<String> options) throws IOException, InterruptedException {
        return run(NOTHING, options);
    }

    /** How it is started. */
    ProcessBuilder builder(List<String> options) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(options);
        return new ProcessBuilder(command);
    }
}
