package dev.jarway.runtime.cli;

import dev.jarway.runtime.upgrade.Introduction;
import dev.jarway.runtime.upgrade.Predecessor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code jarway upgrade}: starts a successor beside the gateway that runs, and waits until it serves in its place. */
@Command(
        name = "upgrade",
        description = "Replaces the gateway that runs on a data directory by a new process, without a failed request.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the new process serves; the old one finishes its requests, and ends",
            "2:wrong arguments",
            "65, 66, 69:the new process could not start, for a reason of jarway run; the old one goes on",
            "69:no gateway runs there, or it cannot be upgraded",
            "75:it has taken too long; the old one goes on"
        })
final class UpgradeCommand implements Callable<Integer> {
    private static final int UNAVAILABLE = 69;
    private static final int TOO_LONG = 75;
    private static final long STEP_MILLIS = 50;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the data directory of the gateway that runs; data if not given")
    private @Nullable Path data;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long the new process may take; ${DEFAULT-VALUE} if not given",
            defaultValue = "120")
    private long timeout;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path directory = data != null
                ? data
                : Path.of(System.getProperty("jarway.home", "")).resolve("data");
        Introduction running;
        try {
            running = introduction(directory);
        } catch (IOException e) {
            return fail(UNAVAILABLE, String.valueOf(e.getMessage()));
        }
        if (Demo.isConfig(directory, Path.of(running.config()))) {
            return fail(
                    UNAVAILABLE,
                    "process " + running.process() + " runs the demo, whose service ends with it (expected: a gateway"
                            + " that was started with --config)");
        }
        say("Upgrading process " + running.process() + ", which serves " + running.config());
        Process successor;
        try {
            successor = start(running, directory);
        } catch (IOException e) {
            return fail(UNAVAILABLE, "the new process cannot be started: " + e.getMessage());
        }
        Thread ending = new Thread(successor::destroy);
        Runtime.getRuntime().addShutdownHook(ending);
        int code = follow(running, successor, directory);
        Runtime.getRuntime().removeShutdownHook(ending);
        return code;
    }

    private int follow(Introduction running, Process successor, Path directory) throws InterruptedException {
        say("Process " + successor.pid() + " loads");
        long deadline = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
        while (!serves(successor, directory)) {
            if (successor.waitFor(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
                return fail(
                        successor.exitValue() == 0 ? UNAVAILABLE : successor.exitValue(),
                        "the new process has ended with " + successor.exitValue() + "; process " + running.process()
                                + " goes on");
            }
            if (System.nanoTime() - deadline >= 0) {
                successor.destroy();
                return fail(
                        TOO_LONG,
                        "the new process does not serve after " + timeout + " s, and has been ended; process "
                                + running.process() + " goes on");
            }
        }
        say("Process " + successor.pid() + " serves; process " + running.process()
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

    private void say(String line) {
        var out = Objects.requireNonNull(spec, "spec").commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private int fail(int code, String line) {
        Objects.requireNonNull(spec, "spec").commandLine().getErr().println("jarway: " + line);
        return code;
    }
}
