package dev.jarway.runtime.cli;

import dev.jarway.runtime.upgrade.Introduction;
import dev.jarway.runtime.upgrade.Predecessor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code jarway upgrade}: starts a successor beside the gateway that runs, and waits until it serves in its place. */
final class UpgradeCommand implements Command {
    private static final String DATA = "--data";
    private static final String TIMEOUT = "--timeout";
    private static final long STANDARD_SECONDS = 120;
    private static final int UNAVAILABLE = 69;
    private static final int TOO_LONG = 75;
    private static final long STEP_MILLIS = 50;

    @Override
    public String name() {
        return "upgrade";
    }

    @Override
    public String usage() {
        return """
                Usage: jarway upgrade [-hV] [--data=DIR] [--timeout=SECONDS]
                Replaces the gateway that runs on a data directory by a new process, without a
                failed request.
                      --data=DIR          the data directory of the gateway that runs; data if
                                          not given
                  -h, --help              Show this help.
                      --timeout=SECONDS   how long the new process may take; %d if not given
                  -V, --version           Show the version.
                Exit codes:
                  0            the new process serves; the old one finishes its requests, and
                               ends
                  2            wrong arguments
                  65, 66, 69   the new process could not start, for a reason of jarway run; the
                               old one goes on
                  69           no gateway runs there, or it cannot be upgraded
                  75           it has taken too long; the old one goes on
                """.formatted(STANDARD_SECONDS);
    }

    @Override
    public Set<String> options() {
        return Set.of(DATA, TIMEOUT);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws InterruptedException, WrongArgumentsException {
        long timeout = arguments.seconds(TIMEOUT, STANDARD_SECONDS);
        Path directory = arguments
                .path(DATA)
                .orElse(Path.of(System.getProperty("jarway.home", "")).resolve("data"));
        Introduction running;
        try {
            running = introduction(directory);
        } catch (IOException e) {
            return terminal.fail(UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (Demo.isConfig(directory, Path.of(running.config()))) {
            return terminal.fail(
                    UNAVAILABLE,
                    "process " + running.process() + " runs the demo, whose service ends with it (expected: a gateway"
                            + " that was started with --config)");
        }
        terminal.say("Upgrading process " + running.process() + ", which serves " + running.config());
        Process successor;
        try {
            successor = start(running, directory);
        } catch (IOException e) {
            return terminal.fail(UNAVAILABLE, "the new process cannot be started: " + e.getMessage());
        }
        Thread ending = new Thread(successor::destroy);
        Runtime.getRuntime().addShutdownHook(ending);
        int code = follow(running, successor, directory, timeout, terminal);
        Runtime.getRuntime().removeShutdownHook(ending);
        return code;
    }

    private static int follow(Introduction running, Process successor, Path directory, long timeout, Terminal terminal)
            throws InterruptedException {
        terminal.say("Process " + successor.pid() + " loads");
        long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        while (!serves(successor, directory)) {
            if (successor.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                return terminal.fail(
                        successor.exitValue() == 0 ? UNAVAILABLE : successor.exitValue(),
                        "the new process has ended with " + successor.exitValue() + "; process " + running.process()
                                + " goes on");
            }
            if (System.nanoTime() - deadline >= 0) {
                successor.destroy();
                return terminal.fail(
                        TOO_LONG,
                        "the new process does not serve after " + timeout + " s, and has been ended; process "
                                + running.process() + " goes on");
            }
        }
        terminal.say("Process " + successor.pid() + " serves; process " + running.process()
                + " finishes its requests, and ends");
        return 0;
    }

    private static Introduction introduction(Path directory) throws IOException {
        try (Predecessor predecessor = Predecessor.on(directory)) {
            return predecessor.introduction();
        }
    }

    private static boolean serves(Process successor, Path directory) {
        try {
            return introduction(directory).process() == successor.pid();
        } catch (IOException e) {
            return false; // Between the two, nobody answers for a moment.
        }
    }

    /** Of the same code and with the same options as this process. It writes where this one writes, and outlives it. */
    private static Process start(Introduction running, Path directory) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "run", "--succeed"));
        command.addAll(List.of("--config", running.config()));
        command.addAll(List.of("--plugins", running.plugins()));
        command.addAll(List.of("--data", directory.toString()));
        return new ProcessBuilder(command).inheritIO().start();
    }
}
