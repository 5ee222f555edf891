package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

/** What it costs to read a configuration, step by step. See docs/internals/benchmarks.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
public class ConfigLoadBenchmark {
    private static final References REFERENCES = new References(Map.of(), Path.of(""));

    @Param({"10", "1000", "10000"})
    public int routes;

    private byte[] text = {};
    private Checked<ConfigDocument> document = ConfigDocument.parse(text, DocumentFormat.YAML);
    private ResolvedTree resolved = ResolvedTree.of(JsonNodeFactory.instance.objectNode(), REFERENCES);

    @Setup
    public void write() {
        String written = """
                listeners: [ { name: web, port: 0 } ]
                services: [ { name: orders, endpoints: [ { url: "http://10.0.0.1" } ] } ]
                routes:
                """
                + IntStream.range(0, routes)
                        .mapToObj(i ->
                                "  - { name: many-%d, match: { path: /many/%d }, service: orders }%n".formatted(i, i))
                        .collect(Collectors.joining());
        text = written.getBytes(StandardCharsets.UTF_8);
        document = parse();
        resolved = ResolvedTree.of(document.value().tree(), REFERENCES);
    }

    /** From bytes to a tree. */
    @Benchmark
    public Checked<ConfigDocument> parse() {
        return ConfigDocument.parse(text, DocumentFormat.YAML);
    }

    /** From the tree to records, all that follows included. */
    @Benchmark
    public Checked<LoadedConfig> load() {
        return document.value().load(REFERENCES);
    }

    /** Of that: the schema, and the records. */
    @Benchmark
    public Checked<GatewayConfig> bind() {
        return ConfigDocument.schema().bind(resolved.tree(), "", resolved.hidden());
    }

    /** Of that: what the schema cannot say. */
    @Benchmark
    public Object check() {
        return GatewayChecks.find(resolved.tree(), resolved.hidden());
    }
}
