package dev.jarway.runtime.observability;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a request to be counted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TallyBenchmark {
    private final Tallies tallies = new Tallies(List.of(new Tally(2)));
    private long nanos = 1;

    /** One call of one of a filter's methods. */
    @Benchmark
    public void call() {
        tallies.called(0, next());
    }

    /** The end of a request with one filter. */
    @Benchmark
    public void request() {
        tallies.mark(0, false);
        tallies.count(0, false, next());
    }

    private long next() {
        nanos = nanos * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
        return nanos >>> 40;
    }
}
