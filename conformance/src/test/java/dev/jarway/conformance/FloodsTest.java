package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client that floods does to the gateway, and to whom the gateway serves meanwhile. */
class FloodsTest {
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** All of them, or those whose names match {@code -Dfloods.only=}. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("floods.only", ""));

    @TempDir
    Path directory;

    @Test
    void endsEachFloodOrBoundsItWhileOthersAreServed() throws Exception {
        try (VertxService flooded = VertxService.start();
                VertxService service = VertxService.start();
                GatewayProcess gateway = GatewayProcess.inFrontOf(flooded.port(), service.port(), directory, "")) {
            // What any traffic takes at first, memory and loaded classes, is not what a flood takes.
            UsualTraffic.run(gateway.target(false), WARM_UP);
            UsualTraffic.run(gateway.target(true), WARM_UP);

            FloodTable table = FloodTable.named("floods");
            for (Flood flood : wanted(Http2Floods.all())) {
                table.add(FloodTrial.run(flood, gateway.target(false), gateway.port()));
            }
            for (Flood flood :
                    wanted(List.of(Http2Floods.ping(), Http2Floods.rapidReset(), Http2Floods.continuation()))) {
                table.add(FloodTrial.run(flood, gateway.target(true), gateway.port()));
            }
            for (Flood flood : wanted(Http1Floods.all())) {
                table.add(FloodTrial.run(flood, gateway.target(false), gateway.port()));
            }

            System.out.println(table);
            assertThat(table.faults()).isEmpty();
        }
    }

    private static List<Flood> wanted(List<Flood> floods) {
        return floods.stream()
                .filter(flood -> ONLY.matcher(flood.name()).find())
                .toList();
    }

    @Test
    void seesThatAFloodGoesOnWhereItsLimitIsRaised() throws Exception {
        try (VertxService flooded = VertxService.start();
                VertxService service = VertxService.start();
                GatewayProcess gateway = GatewayProcess.inFrontOf(
                        flooded.port(), service.port(), directory, "controlFrames: 1000000000")) {
            FloodRow row = FloodTrial.run(Http2Floods.priority(), gateway.target(false), gateway.port());

            assertThat(row.ended()).isFalse();
            assertThat(row.unitsPerConnection()).isGreaterThan(10_000);
        }
    }

    @Test
    void findsFaultWithServerThatKeepsAllAndServesOneAtATime() throws Exception {
        try (JvmProcess server = HoardingServer.start(directory)) {
            int port = HoardingServer.port(server);
            FloodRow row = FloodTrial.run(Http2Floods.ping(), new FloodTarget(server.pid(), port, null), port);

            assertThat(row.ended()).isFalse();
            assertThat(row.faults())
                    .anyMatch(fault -> fault.contains("p99 of others"))
                    .anyMatch(fault -> fault.contains("memory"));
        }
    }
}
