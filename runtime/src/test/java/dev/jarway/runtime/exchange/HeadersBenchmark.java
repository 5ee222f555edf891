package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Headers;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs a filter to look at the fields of an ordinary request, and to change them. See docs/internals/benchmarks.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeadersBenchmark {
    /** Those of the sample of that name. */
    private static final List<String> CHURNED =
            IntStream.range(0, 20).mapToObj(i -> "x-churn-" + i).toList();

    private final Headers headers = new MessageHeaders(fields());

    private static MultiMap fields() {
        MultiMap fields = HttpHeaders.headers();
        LiveRequest.ORDINARY
                .lines()
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .map(line -> line.split(": ", 2))
                .forEach(field -> fields.add(field[0], field[1]));
        return fields;
    }

    @Benchmark
    public Optional<String> get() {
        return headers.get("accept-language");
    }

    @Benchmark
    public Optional<String> getOfNone() {
        return headers.get("authorization");
    }

    /** In place of a value that was there. */
    @Benchmark
    public void set() {
        headers.set("x-request-id", "0123456789abcdef");
    }

    @Benchmark
    public void setAndRemove() {
        headers.set("x-forwarded-user", "alice");
        headers.remove("x-forwarded-user");
    }

    @Benchmark
    public void forEach(Blackhole all) {
        headers.forEach((name, value) -> {
            all.consume(name);
            all.consume(value);
        });
    }

    /** What the sample {@code header-churn} does: 20 fields are set, asked for, and removed. */
    @Benchmark
    public int churn() {
        CHURNED.forEach(name -> headers.set(name, name));
        int found = 0;
        for (String name : CHURNED) {
            found += headers.get(name).isPresent() ? 1 : 0;
        }
        CHURNED.forEach(headers::remove);
        return found;
    }
}
