package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients by the hundred that are slow on purpose, as slowhttptest is, and another one that is not. */
class SlowClientsTest {
    private static final int CONNECTIONS = 500;

    /** The limit is 10 seconds; the program looks once in a second. */
    private static final int CLOSED_WITHIN = 12;

    /** Of a second round of slow readers. */
    private static final double MOST_GROWTH_MB = 64;

    private static final Duration WARM_UP = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void closesConnectionsWhoseHeadersDoNotEndAndServesOthersWhateverIsSlow() throws Exception {
        try (VertxService flooded = VertxService.start();
                VertxService service = VertxService.start();
                GatewayProcess gateway = GatewayProcess.inFrontOf(flooded.port(), service.port(), directory, "")) {
            UsualTraffic.run(gateway.target(false), WARM_UP); // Who has just begun is slow with anybody.
            reading(gateway, "leaving", 10); // Large answers too; and these readers leave without having taken them.

            Watched headers = run(gateway, "headers", "/", 25, "-H", "-i", "3");
            Watched bodies = run(gateway, "bodies", "/", 40, "-B", "-i", "5", "-s", "8192");
            Watched reading = reading(gateway, "reading", 40);

            String table = headers.line() + bodies.line() + reading.line();
            Files.writeString(Suite.results(".").resolve("slowhttptest.md"), table);
            System.out.println(table);
            assertThat(lateAfter(headers.seconds())).isEmpty();
            // All are open after two seconds, and the program ends when none is left.
            assertThat(headers.seconds().getLast().second()).isLessThanOrEqualTo(2 + CLOSED_WITHIN);
            for (Watched each : List.of(headers, bodies, reading)) {
                assertThat(each.seconds().stream().mapToInt(second -> second.open() + second.closed()))
                        .describedAs(each.line())
                        .contains(CONNECTIONS);
                assertThat(each.seconds()).describedAs(each.line()).allMatch(SlowHttpTest.Second::served);
                assertThat(each.others().failed()).describedAs(each.line()).isZero();
                assertThat(each.others().p99()).describedAs(each.line()).isLessThan(FloodRow.MOST_P99_MILLIS);
            }
            // Those before them, of whom none is left, had taken three times as much.
            assertThat(reading.process().growthMb()).describedAs(reading.line()).isLessThan(MOST_GROWTH_MB);
        }
    }

    @Test
    void findsFaultWithServerThatWaitsForEver() throws Exception {
        try (LoopbackServer server = RudeServer.start()) {
            List<SlowHttpTest.Second> seconds =
                    SlowHttpTest.reportingTo("control").run(server.port(), "/", 50, 15, "-H", "-i", "3");

            assertThat(lateAfter(seconds)).isNotEmpty();
        }
    }

    /** The seconds after which not all connections that were open then had been ended in time. */
    private static List<SlowHttpTest.Second> lateAfter(List<SlowHttpTest.Second> seconds) {
        SlowHttpTest.Second last = seconds.getLast();
        return seconds.stream()
                .filter(second -> closedBy(seconds, second.second() + CLOSED_WITHIN) < second.open() + second.closed())
                .filter(second -> last.second() >= second.second() + CLOSED_WITHIN)
                .toList();
    }

    private static int closedBy(List<SlowHttpTest.Second> seconds, int end) {
        return seconds.stream()
                .filter(second -> second.second() <= end)
                .mapToInt(SlowHttpTest.Second::closed)
                .max()
                .orElse(0);
    }

    private record Watched(
            String mode, List<SlowHttpTest.Second> seconds, Latencies others, ProcessMeter.Reading process) {

        String line() {
            SlowHttpTest.Second last = seconds.getLast();
            return String.format(
                    Locale.ROOT,
                    "| %s | %d s: %d ended, %d open | %s | %.2f | %.1f |%n",
                    mode,
                    last.second(),
                    last.closed(),
                    last.open(),
                    others,
                    process.cores(),
                    process.growthMb());
        }
    }

    private static Watched reading(GatewayProcess gateway, String mode, int seconds) throws Exception {
        return run(gateway, mode, VertxService.LARGE, seconds, "-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32");
    }

    private static Watched run(GatewayProcess gateway, String mode, String path, int seconds, String... options)
            throws Exception {
        ProcessMeter meter = ProcessMeter.begin(gateway.target(false).pid());
        OtherClient others = OtherClient.start(gateway.port());
        List<SlowHttpTest.Second> seen =
                SlowHttpTest.reportingTo(mode).run(gateway.port(), path, CONNECTIONS, seconds, options);
        return new Watched(mode, seen, others.stop(), meter.end());
    }
}
