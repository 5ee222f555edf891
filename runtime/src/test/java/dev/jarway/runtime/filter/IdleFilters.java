package dev.jarway.runtime.filter;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.jar.JarLimits;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import dev.jarway.plugin.Execution;
import dev.jarway.plugin.Plugin;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.runtime.config.OnFailure;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.ExchangeOutcome;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.ExchangeResponse;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.exchange.LiveRequest;
import dev.jarway.runtime.exchange.Provenance;
import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.host.HostContext;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.host.MemoryValues;
import dev.jarway.runtime.observability.Tallies;
import dev.jarway.runtime.observability.Tally;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** An event loop's exchanges without a gateway around them, and plugins for them whose filters have the methods that are given. */
final class IdleFilters implements AutoCloseable {
    private final Path directory = newDirectory();
    private final PluginLoader loader =
            PluginLoader.open(new LoaderOptions(directory.resolve("private"), JarLimits.DEFAULTS));
    private final HostServices services = new HostServices(new SimpleMeterRegistry(), new MemoryValues(1024));
    private final LiveRequest live = LiveRequest.of(LiveRequest.ORDINARY);
    private final LoopScope scope =
            new LoopScope(0, live.vertx(), live.vertx().getOrCreateContext(), loader.boundary());
    private final ExchangeRequest request = new ExchangeRequest(
            new RequestHead("GET", "http", "www.example.com", -1, "/service7/items/7"),
            Provenance.direct(live.request()),
            fields(),
            false);
    private final GatewayExchange exchange =
            new GatewayExchange("1", live.request(), request, name -> true, Instant.EPOCH);
    private final Answer answer = new Answer(new ExchangeResponse(200, fields(), false), WholeBody.empty());
    private final ExchangeOutcome outcome = new ExchangeOutcome(
            200, 0, 0, Duration.ofMillis(1), Optional.of(Duration.ofMillis(1)), true, Optional.empty());

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("jarway-idle-filters");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MultiMap fields() {
        return HttpHeaders.headers().add("x-request-id", "1");
    }

    /** A plugin, which has one filter for all exchanges. */
    ConfiguredPlugin plugin(String id, String methods) throws Exception {
        PluginSource source = PluginSource.of("acme." + id)
                .creating("Filter one = new Filter() { " + methods + " }; return exchange -> one;");
        LoadedPlugin generation = loader.load(PluginJar.of(id.toLowerCase(Locale.ROOT), "1.0.0")
                        .factory(source)
                        .in(directory))
                .get();
        HostContext context = new HostContext(
                services, generation.identity(), generation.classLoader(), index -> Optional.empty(), Map.of());
        return new ConfiguredPlugin(generation, Execution.EVENT_LOOP, create(generation.factory(), context), context);
    }

    private static <C extends Record> Plugin create(PluginFactory<C> factory, HostContext context) throws Exception {
        return factory.create(factory.configType().getDeclaredConstructor().newInstance(), context);
    }

    /** A place in a chain. */
    static FilterEntry entry(String name, ConfiguredPlugin plugin) {
        return new FilterEntry(
                name, plugin, OnFailure.CLOSED, Duration.ofMillis(500), new Tallies(List.of(new Tally(1))));
    }

    /** Takes an exchange through a chain that lets it pass, to its end. */
    Future<Void> exchange(List<ChainEntry> chain) {
        FilterRun run = run();
        if (run.onRequest(chain).result() instanceof Verdict.Proceed
                && run.onResponse(answer, failure -> answer).succeeded()) {
            return run.complete(outcome);
        }
        throw new IllegalStateException("a filter has not gone on");
    }

    /** The filters of an exchange that begins. */
    FilterRun run() {
        return new FilterRun(exchange, request, WholeBody.empty(), scope);
    }

    LoopScope scope() {
        return scope;
    }

    ExchangeRequest request() {
        return request;
    }

    GatewayExchange exchange() {
        return exchange;
    }

    Answer answer() {
        return answer;
    }

    ExchangeOutcome outcome() {
        return outcome;
    }

    @Override
    public void close() throws IOException {
        loader.close();
        services.close();
        live.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
