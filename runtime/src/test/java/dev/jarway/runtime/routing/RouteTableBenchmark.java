package dev.jarway.runtime.routing;

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
import org.openjdk.jmh.annotations.Warmup;

/** What a match costs as routes become many, and what it costs to build the table. See docs/internals/benchmarks.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RouteTableBenchmark {
    @Param({"10", "100", "1000", "10000", "100000"})
    public int routes;

    /**
     * How many different requests come in turn: few find what they need of the table in the processor's nearest cache, however
     * many routes there are, many do not.
     */
    @Param({"64", "1024"})
    public int requests;

    private List<RouteTable.Entry<String>> entries = List.of();
    private RouteTable<String> table = RouteTable.of(entries);
    private List<SampleRequest> hits = List.of();
    private List<SampleRequest> misses = List.of();
    private int next;

    /** A tenth of the routes each: hosts, wildcard hosts, paths; the rest prefixes and templates, some for one method. */
    @Setup
    public void build() {
        entries = new ArrayList<>();
        for (int i = 0; i < routes; i++) {
            entries.add(route(i).entry());
        }
        table = RouteTable.of(entries);
        hits = new ArrayList<>();
        misses = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            // Spread over the whole table, and of each sort as many whatever its size.
            int route = (int) ((long) i * (routes / 10) / requests) * 10 + i % 10;
            hits.add(request(route, "items"));
            misses.add(request(route, "nothing"));
        }
    }

    private static RouteSketch route(int i) {
        var sketch = RouteSketch.route("route " + i);
        return switch (i % 10) {
            case 0 -> sketch.hosts("host" + i + ".example.com").path("/items/**");
            case 1 -> sketch.hosts("*.tenant" + i + ".example.com").path("/items/{item}");
            case 2 -> sketch.path("/service" + i + "/items/7");
            case 3, 4, 5 -> sketch.path("/service" + i + "/items/**");
            case 6 -> sketch.path("/service" + i + "/items/**").methods("GET");
            default -> sketch.path("/service" + i + "/items/{item}");
        };
    }

    private static SampleRequest request(int i, String items) {
        return switch (i % 10) {
            case 0 -> SampleRequest.of("GET", "host" + i + ".example.com", "/" + items + "/7");
            case 1 -> SampleRequest.of("GET", "www.tenant" + i + ".example.com", "/" + items + "/7");
            default -> SampleRequest.of("GET", "www.example.com", "/service" + i + "/" + items + "/7");
        };
    }

    @Benchmark
    public RouteMatch<String> hit() {
        return table.match(hits.get(next++ & (requests - 1)));
    }

    @Benchmark
    public RouteMatch<String> miss() {
        return table.match(misses.get(next++ & (requests - 1)));
    }

    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public RouteTable<String> rebuild() {
        return RouteTable.of(entries);
    }
}
