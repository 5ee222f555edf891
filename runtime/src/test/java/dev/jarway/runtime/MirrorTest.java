package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.FlakyUpstream.Deed;
import dev.jarway.runtime.FlakyUpstream.Seen;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of requests, sent to another service. */
class MirrorTest {
    @TempDir
    Path directory;

    private final FlakyUpstream main = new FlakyUpstream();
    private final FlakyUpstream shadow = new FlakyUpstream();

    @AfterEach
    void close() {
        main.close();
        shadow.close();
    }

    @Test
    void copiesRequestsWithTheirBodiesAsTheyAreSent() throws Exception {
        try (GatewayFixture gateway =
                start("mirror: { service: shadow }, match: { path: \"/api/**\" }, rewrite: { prefix: / }", "")) {
            assertThat(gateway.get("/api/a?b").body()).isEqualTo("ok");
            assertThat(gateway.post("/api/c", "body").body()).isEqualTo("body");

            await().atMost(PATIENCE).until(() -> shadow.seen().size() == 2);
            assertThat(main.seen()).containsExactly(new Seen("GET", "/a?b", ""), new Seen("POST", "/c", "body"));
            assertThat(shadow.seen()).containsExactlyInAnyOrderElementsOf(main.seen());
        }
    }

    @Test
    void neitherWaitsForTheCopyNorMindsWhatBecomesOfIt() throws Exception {
        try (GatewayFixture gateway = start("mirror: { service: shadow }", "")) {
            shadow.next(Deed.HANG, Deed.CUT, Deed.REFUSE, Deed.CUT_HALFWAY, Deed.DRIP);

            for (int i = 0; i < 5; i++) {
                assertThat(gateway.post("/", "body").statusCode()).isEqualTo(200);
            }

            assertThat(main.seen()).hasSize(5);
            await().atMost(PATIENCE).until(() -> shadow.seen().size() == 5);
        }
    }

    @Test
    void goesOnWithoutTheOther() throws Exception {
        try (GatewayFixture gateway = start("mirror: { service: gone }", "")) {
            for (int i = 0; i < 20; i++) {
                assertThat(gateway.post("/", "body").body()).isEqualTo("body");
            }
        }
    }

    @Test
    void copiesNoLargeBody() throws Exception {
        try (GatewayFixture gateway = start("mirror: { service: shadow }", "")) {
            String large = "x".repeat(70_000);

            assertThat(gateway.post("/large", large).body()).isEqualTo(large);
            assertThat(gateway.post("/small", "x").body()).isEqualTo("x");

            await().atMost(PATIENCE).until(() -> !shadow.seen().isEmpty());
            assertThat(shadow.seen()).extracting(Seen::target).containsExactly("/small");
        }
    }

    @Test
    void copiesAShare() throws Exception {
        try (GatewayFixture gateway = start("mirror: { service: shadow, share: 25% }", "")) {
            for (int i = 0; i < 400; i++) {
                gateway.get("/");
            }

            await().atMost(PATIENCE).until(() -> shadow.seen().size() > 50);
            assertThat(shadow.seen()).hasSizeBetween(55, 150);
        }
    }

    @Test
    void makesNoCopyWaitForALimitOfItsService() throws Exception {
        try (GatewayFixture gateway = start("mirror: { service: shadow }", ", limits: { connections: 1 }")) {
            shadow.next(Deed.HANG, Deed.HANG);

            for (int i = 0; i < 5; i++) {
                assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            }

            await().atMost(PATIENCE).until(() -> !shadow.seen().isEmpty());
            assertThat(shadow.seen()).hasSize(1);
            assertThat(gateway.send(gateway.admin("/v1/services/shadow").build())
                            .body()
                            .replaceAll("\\s", ""))
                    .contains("\"usage\":{\"requests\":1,\"connections\":1,\"pendingRequests\":0}");
        }
    }

    @Test
    void sendsOneCopyOfWhatIsTriedTwice() throws Exception {
        try (GatewayFixture gateway = start("mirror: { service: shadow }", "")) {
            main.next(Deed.CUT);
            HttpResponse<String> response = gateway.send(HttpRequest.newBuilder(gateway.uri("/"))
                    .PUT(BodyPublishers.ofString("body"))
                    .build());

            assertThat(response.body()).isEqualTo("body");
            assertThat(gateway.get("/after").statusCode()).isEqualTo(200);

            await().atMost(PATIENCE).until(() -> shadow.seen().size() == 2);
            assertThat(List.copyOf(main.seen())).hasSize(3);
        }
    }

    private GatewayFixture start(String route, String shadowKeys) throws StartException {
        return GatewayFixture.start(
                directory,
                "  - { name: main, endpoints: [" + main.entry() + "] }\n"
                        + "  - { name: shadow, endpoints: [" + shadow.entry() + "]" + shadowKeys + " }\n"
                        + "routes: [{ name: all, service: main, " + route + " }]\n");
    }
}
