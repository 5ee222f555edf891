package dev.jarway.testkit;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.GatewayOptions;
import dev.jarway.runtime.StartException;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A gateway that runs for a test, in a directory of its own, with a service behind it. */
final class RunningGateway implements AutoCloseable {
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(1);

    private final Path home;
    private final PluginFolder folder;
    private final Upstream upstream;
    private final Duration collectedWithin;
    private @Nullable Gateway gateway;

    private RunningGateway(Path home, Upstream upstream, Duration collectedWithin) {
        this.home = home;
        this.folder = new PluginFolder(home.resolve("plugins"));
        this.upstream = upstream;
        this.collectedWithin = collectedWithin;
    }

    /** Starts it, with these plugins in its drop folder. */
    static RunningGateway start(List<Path> jars, Duration collectedWithin) throws IOException, StartException {
        var running = new RunningGateway(Files.createTempDirectory("jarway-test-"), Upstream.start(), collectedWithin);
        try {
            running.open(jars);
            return running;
        } catch (IOException | StartException | RuntimeException | AssertionError e) {
            running.close();
            throw e;
        }
    }

    private void open(List<Path> jars) throws IOException, StartException {
        Files.createDirectory(folder.path());
        folder.fill(jars);
        var config = Files.writeString(home.resolve("jarway.yaml"), TestDocument.empty());
        var environment = new HashMap<>(System.getenv());
        environment.put(TestDocument.UPSTREAM, upstream.url());
        var started = Gateway.start(new GatewayOptions(
                config,
                folder.path(),
                home.resolve("data"),
                2,
                Optional.empty(),
                environment,
                Clock.systemUTC(),
                collectedWithin));
        gateway = started;
        PluginFolder.requireFit(started);
    }

    private Gateway gateway() {
        if (gateway == null) {
            throw new IllegalStateException("the gateway has not started");
        }
        return gateway;
    }

    Upstream upstream() {
        return upstream;
    }

    String url() {
        return "http://127.0.0.1:" + gateway().listeners().getFirst().port();
    }

    /** Puts a document in force; fails, naming all that is wrong, if it cannot be. */
    void configure(String document) {
        var read = ConfigDocument.parse(document.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML);
        requireNone(read.problems());
        try {
            var applied = gateway().config().replace(read.value()).get(LONGEST_CHANGE.toSeconds(), TimeUnit.SECONDS);
            requireNone(applied.problems());
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the configuration could not be applied", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the configuration was applied", e);
        }
    }

    private static void requireNone(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new AssertionError(
                    problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "", "")));
        }
    }

    void replacePlugin(Path jar) throws IOException {
        folder.replace(jar, gateway());
    }

    /** Takes all plugins out, and fails if one of them does not go. */
    void requireNoLeak() throws IOException, InterruptedException {
        List<LoadedPlugin> generations = gateway().generations();
        configure(TestDocument.empty());
        folder.empty();
        new LeakCheck(gateway(), collectedWithin).require(generations);
    }

    @Override
    public void close() throws IOException {
        if (gateway != null) {
            gateway.close();
        }
        upstream.close();
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
