package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.FieldsConfig;
import dev.jarway.runtime.config.ForwardedConfig;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.exchange.LiveRequest;
import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.forwarding.Forwarding;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to let an ordinary request in. See docs/internals/benchmarks.md. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AdmissionBenchmark {
    private final Door door =
            new Door(PathsConfig.STRICT, FieldsConfig.STANDARD, LimitsConfig.STANDARD, new LimitCounts("web"));
    private final ByteBuf octets =
            Unpooled.directBuffer().writeBytes(LiveRequest.ORDINARY.getBytes(StandardCharsets.US_ASCII));
    private final RequestScan scan = new RequestScan(door);
    private final PathRules paths = new PathRules(door.paths());
    private final LiveRequest live = LiveRequest.of(LiveRequest.ORDINARY);
    private final Admission admission = new Admission(door, new Forwarding(ForwardedConfig.STANDARD), letIn -> {});
    private String plain = "/service7/items/7?page=2&sort=name";
    private String escaped = "/service7/caf%C3%A9/a%20b?page=2&sort=name";

    @TearDown
    public void close() throws IOException {
        live.close();
        octets.release();
    }

    /** The look at its octets, before they are parsed. */
    @Benchmark
    public WireScan.State wire() {
        scan.look(octets);
        return scan.state();
    }

    /** The look at what was parsed: its line, its host, its fields. */
    @Benchmark
    public RequestHead admit() {
        return admission.admit(live.request());
    }

    /** Of that: a path as most are. */
    @Benchmark
    public String plainPath() {
        return paths.apply(plain);
    }

    /** Of that: a path with something in it to think about. */
    @Benchmark
    public String escapedPath() {
        return paths.apply(escaped);
    }
}
