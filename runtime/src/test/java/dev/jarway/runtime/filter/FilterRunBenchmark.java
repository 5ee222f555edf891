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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the filters of an exchange cost that do nothing, from its request to its end: what each costs more is the slope. They are
 * plugins' as any, of four classes, watched, counted, and without state, so that the plugin itself allocates nothing. See
 * docs/internals/benchmarks.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FilterRunBenchmark {
    private static final String REQUEST =
            "@Override public Action onRequestHeaders(Request request) { return Action.proceed(); }";
    private static final String RESPONSE =
            "@Override public Action onResponseHeaders(Response response) { return Action.proceed(); }";

    private static final int CLASSES = 4;

    @Param({"0", "1", "5", "10", "20"})
    public int filters;

    /** Which methods they override. */
    @Param({"none", "request", "both"})
    public String methods = "";

    private final Path directory;
    private final PluginLoader loader;
    private final HostServices services = new HostServices(new SimpleMeterRegistry(), new MemoryValues(1024));
    private final LiveRequest live = LiveRequest.of(LiveRequest.ORDINARY);
    private final List<ChainEntry> chain = new ArrayList<>();
    private final LoopScope scope;
    private final ExchangeRequest request;
    private final GatewayExchange exchange;
    private final Answer answer = new Answer(new ExchangeResponse(200, fields(), false), WholeBody.empty());
    private final ExchangeOutcome outcome = new ExchangeOutcome(
            200, 0, 0, Duration.ofMillis(1), Optional.of(Duration.ofMillis(1)), true, Optional.empty());

    public FilterRunBenchmark() {
        directory = newDirectory();
        loader = PluginLoader.open(new LoaderOptions(directory.resolve("private"), JarLimits.DEFAULTS));
        scope = new LoopScope(
                0,
                live.vertx(),
                live.vertx().getOrCreateContext(),
                loader.boundary(),
                loader.boundary().crossing());
        request = new ExchangeRequest(
                new RequestHead("GET", "http", "www.example.com", -1, "/service7/items/7"),
                Provenance.direct(live.request()),
                fields(),
                false);
        exchange = new GatewayExchange("1", live.request(), request, name -> true, Instant.EPOCH);
    }

    private static Path newDirectory() {
        try {
            return Files.createTempDirectory("jarway-filter-run");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MultiMap fields() {
        return HttpHeaders.headers().add("x-request-id", "1");
    }

    @Setup
    public void load() throws Exception {
        String overridden = switch (methods) {
            case "both" -> REQUEST + RESPONSE;
            case "request" -> REQUEST;
            default -> "";
        };
        List<ConfiguredPlugin> plugins = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            plugins.add(idle(i, overridden));
        }
        for (int i = 0; i < filters; i++) {
            chain.add(new FilterEntry(
                    "idle-" + i,
                    plugins.get(i % CLASSES),
                    OnFailure.CLOSED,
                    Duration.ofMillis(500),
                    new Tallies(List.of(new Tally(1)))));
        }
    }

    private ConfiguredPlugin idle(int number, String methods) throws Exception {
        PluginSource source = PluginSource.of("acme.Idle" + number)
                .creating("Filter idle = new Filter() { " + methods + " }; return exchange -> idle;");
        LoadedPlugin generation = loader.load(
                        PluginJar.of("idle-" + number, "1.0.0").factory(source).in(directory))
                .get();
        HostContext context = new HostContext(
                services, generation.identity(), generation.classLoader(), index -> Optional.empty(), Map.of());
        return new ConfiguredPlugin(generation, Execution.EVENT_LOOP, create(generation.factory(), context), context);
    }

    private static <C extends Record> Plugin create(PluginFactory<C> factory, HostContext context) throws Exception {
        return factory.create(factory.configType().getDeclaredConstructor().newInstance(), context);
    }

    @TearDown
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

    @Benchmark
    public Future<Void> exchange() {
        FilterRun run = new FilterRun(exchange, request, WholeBody.empty(), scope);
        if (run.onRequest(chain).result() instanceof Verdict.Proceed
                && run.onResponse(answer, failure -> answer).succeeded()) {
            return run.complete(outcome);
        }
        throw new IllegalStateException("a filter has not gone on");
    }
}
