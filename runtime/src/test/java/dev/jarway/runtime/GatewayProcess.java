package dev.jarway.runtime;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a JVM of its own, on this test's class path; what it says goes to a file. */
final class GatewayProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;

    private GatewayProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Runs a command of the program. */
    static GatewayProcess of(Path directory, Map<String, String> environment, String... arguments) throws IOException {
        Path output = Files.createTempFile(directory, "output-", ".txt");
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(arguments));
        return of(output, environment, command);
    }

    /** A gateway on a directory like that, which may open so many files; it serves when this returns. */
    static GatewayProcess ofFewDescriptors(Path directory, int descriptors) throws IOException {
        Path output = Files.createTempFile(directory, "output-", ".txt");
        List<String> command =
                new ArrayList<>(List.of("bash", "-c", "ulimit -n " + descriptors + " && exec \"$@\"", "bash"));
        command.addAll(java());
        command.addAll(
                List.of("run", "--config", directory.resolve("jarway.yaml").toString()));
        command.addAll(List.of("--plugins", directory.resolve("plugins").toString()));
        command.addAll(List.of("--data", directory.resolve("data").toString()));
        GatewayProcess gateway = of(output, Map.of(), command);
        gateway.awaitOutput("Routes:");
        return gateway;
    }

    private static GatewayProcess of(Path output, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment);
        return new GatewayProcess(builder.start(), output);
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.jarway.runtime.cli.Main");
    }

    /** A gateway on a directory with {@code jarway.yaml}, {@code plugins} and {@code data}; it serves when this returns. */
    static GatewayProcess gateway(Path directory, Map<String, String> environment) throws IOException {
        GatewayProcess gateway = starting(directory, directory.resolve("data"), environment);
        gateway.awaitOutput("Routes:");
        return gateway;
    }

    /** The like, with more arguments; it has only just been started. */
    static GatewayProcess starting(Path directory, Path data, Map<String, String> environment, String... more)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--config",
                directory.resolve("jarway.yaml").toString(),
                "--plugins",
                directory.resolve("plugins").toString(),
                "--data",
                data.toString()));
        arguments.addAll(List.of(more));
        return of(directory, environment, arguments.toArray(String[]::new));
    }

    /** The process that an upgrade starts, without the command that does. */
    static GatewayProcess successor(Path directory, Map<String, String> environment) throws IOException {
        return starting(directory, directory.resolve("data"), environment, "--succeed");
    }

    static GatewayProcess gateway(Path directory) throws IOException {
        return gateway(directory, Map.of());
    }

    /** An upgrade of the gateway there. */
    static GatewayProcess upgrade(Path directory, Map<String, String> environment) throws IOException {
        return of(
                directory,
                environment,
                "upgrade",
                "--data",
                directory.resolve("data").toString());
    }

    static GatewayProcess upgrade(Path directory) throws IOException {
        return upgrade(directory, Map.of());
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that. */
    void awaitOutput(String text) {
        await().atMost(PATIENCE).until(() -> output().contains(text) || !process.isAlive());
        if (!output().contains(text)) {
            throw new AssertionError("has not said '" + text + "' but: " + output());
        }
    }

    /** The port of the listener, or of the admin endpoint, of that name, as the first screen shows it. */
    int port(String name) {
        Matcher matcher =
                Pattern.compile("(?m)^  " + name + " +https?://[^:]+:(\\d+)").matcher(output());
        if (!matcher.find()) {
            throw new AssertionError("no address of " + name + " in: " + output());
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** Its exit code, once it has ended. */
    int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still runs: " + output());
        }
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
