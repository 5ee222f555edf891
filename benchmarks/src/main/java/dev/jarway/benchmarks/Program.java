package dev.jarway.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program of others that this machine has.
 *
 * @param file where it is
 */
record Program(Path file) {
    private static final Pattern VERSION = Pattern.compile("[0-9]+(?:\\.[0-9]+)+");

    /** The program of that name, if there is one. Servers often lie where the path of a user does not lead. */
    static Optional<Program> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Program::new);
    }

    /**
     * One that cannot be done without.
     *
     * @param debian the package that it is in
     */
    static Program require(String name, String debian) throws IOException {
        return find(name)
                .orElseThrow(() -> new IOException("no " + name + " on the path (expected: the Debian package " + debian
                        + ", or as another system has it)"));
    }

    /** Which version it says it is. */
    String version(String option) throws IOException {
        Matcher found = VERSION.matcher(run(List.of(option)));
        return found.find() ? found.group() : "?";
    }

    /** Runs it to its end; what it says on both outputs. */
    String run(List<String> options) throws IOException {
        return said(command(options));
    }

    /** Runs a command to its end; what it says on both outputs. */
    static String said(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    List<String> command(List<String> options) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(options);
        return command;
    }
}
