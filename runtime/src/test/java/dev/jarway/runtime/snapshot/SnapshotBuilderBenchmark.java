package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** What it costs to build a snapshot of which one route is not as it was before. See docs/internals/benchmarks.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SnapshotBuilderBenchmark {
    @Param({"10", "100", "1000", "10000"})
    public int routes;

    /** How many filters each route has, configured for it alone. */
    @Param({"0", "1"})
    public int filters;

    private final BuildingSite site = BuildingSite.open();
    private final List<LoadedConfig> configs = new ArrayList<>();
    private Optional<Snapshot> before = Optional.empty();
    private int next;

    @Setup
    public void load() {
        configs.add(config("/one/**"));
        configs.add(config("/other/**"));
        before = Optional.of(site.build(configs.getFirst(), before));
    }

    @TearDown
    public void close() throws IOException {
        site.close();
    }

    /** A service for ten routes. */
    private LoadedConfig config(String changed) {
        StringBuilder text = new StringBuilder("listeners: [ { name: web, port: 0 } ]\nservices:\n");
        for (int i = 0; i < routes; i += 10) {
            text.append("  - { name: service-%d, endpoints: [ { url: \"http://10.0.0.1\" } ] }\n".formatted(i));
        }
        text.append("routes:\n");
        for (int i = 0; i < routes; i++) {
            text.append("  - { name: route-%d, match: { %s }, service: service-%d, filters: [%s] }\n"
                    .formatted(i, match(i, changed), i / 10 * 10, filters(i)));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        return ConfigDocument.parse(bytes, DocumentFormat.YAML)
                .value()
                .load(new References(Map.of(), Path.of("")))
                .value();
    }

    private String match(int i, String changed) {
        return switch (i % 10) {
            case 0 -> "hosts: [ host" + i + ".example.com ], path: /items/**";
            case 1 -> "hosts: [ \"*.tenant" + i + ".example.com\" ], path: \"/items/{item}\"";
            case 2 -> "path: /service" + i + "/items/7";
            case 3, 4 -> "path: /service" + i + "/items/**";
            case 5 -> "path: " + (i == routes / 2 / 10 * 10 + 5 ? changed : "/service" + i + "/items/**");
            case 6 -> "path: /service" + i + "/items/**, methods: [ GET ]";
            default -> "path: \"/service" + i + "/items/{item}\"";
        };
    }

    private String filters(int i) {
        List<String> entries = new ArrayList<>();
        for (int filter = 0; filter < filters; filter++) {
            entries.add("{ plugin: idle, name: idle-" + filter + ", config: { header: x-" + i + " } }");
        }
        return String.join(", ", entries);
    }

    @Benchmark
    public Object oneRouteChanged() {
        Snapshot built = site.build(configs.get(++next & 1), before);
        before = Optional.of(built);
        return built;
    }
}
