package dev.jarway.runtime.filter;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

    private final IdleFilters idle = new IdleFilters();
    private final List<ChainEntry> chain = new ArrayList<>();

    @Setup
    public void load() throws Exception {
        String overridden = switch (methods) {
            case "both" -> REQUEST + RESPONSE;
            case "request" -> REQUEST;
            default -> "";
        };
        List<ConfiguredPlugin> plugins = new ArrayList<>();
        for (int i = 0; i < CLASSES; i++) {
            plugins.add(idle.plugin("Idle" + i, overridden));
        }
        for (int i = 0; i < filters; i++) {
            chain.add(IdleFilters.entry("idle-" + i, plugins.get(i % CLASSES)));
        }
    }

    @TearDown
    public void close() throws IOException {
        idle.close();
    }

    @Benchmark
    public Future<Void> exchange() {
        return idle.exchange(chain);
    }
}
