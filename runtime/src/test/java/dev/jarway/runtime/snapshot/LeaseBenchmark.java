package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.listener.EventLoops;
import dev.jarway.runtime.overload.FakeMeans;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.TrafficPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs a request to hold a snapshot. See docs/internals/benchmarks.md. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LeaseBenchmark {
    private final BuildingSite site = BuildingSite.open();
    private SnapshotHolder holder = new SnapshotHolder(List.of(), (now, replaced) -> {});

    @Setup
    public void publish() throws InterruptedException, ExecutionException {
        byte[] text = "listeners: [ { name: web, port: 0 } ]".getBytes(StandardCharsets.UTF_8);
        EventLoops loops = EventLoops.start(
                        site.vertx(), site.loader().boundary(), new Overload(new FakeMeans(), () -> {}), 1)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        holder = new SnapshotHolder(loops.all(), (now, replaced) -> {});
        var unused = holder.publish(site.build(
                ConfigDocument.parse(text, DocumentFormat.YAML)
                        .value()
                        .load(new References(Map.of(), Path.of("")))
                        .value(),
                Optional.empty()));
    }

    @TearDown
    public void close() throws IOException {
        site.close();
    }

    /** The thread of the benchmark stands for the event loop: both count plainly. */
    @Benchmark
    public TrafficPlan acquireAndRelease() {
        PlanLease lease = holder.acquire(0);
        lease.release();
        return lease.plan();
    }
}
