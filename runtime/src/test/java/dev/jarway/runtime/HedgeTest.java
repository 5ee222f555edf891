package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.FlakyUpstream.Deed;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When another endpoint is asked the same, and when it must not be. */
class HedgeTest {
    @TempDir
    Path directory;

    private final NamedUpstream slow = new NamedUpstream("slow");
    private final NamedUpstream quick = new NamedUpstream("quick");

    @AfterEach
    void close() {
        slow.close();
        quick.close();
    }

    @Test
    void takesTheAnswerOfWhoeverIsQuicker() throws Exception {
        try (GatewayFixture gateway = start("hedge: { after: 100ms }")) {
            slow.hold();

            for (int i = 0; i < 10; i++) {
                assertThat(gateway.get("/").body()).isEqualTo("quick");
            }

            assertThat(slow.requests()).isGreaterThanOrEqualTo(4);
            assertThat(quick.requests()).isEqualTo(10);
            assertNothingIsHeldAgainst(gateway);
        }
    }

    @Test
    void givesUpWhatWasSlower() throws Exception {
        try (GatewayFixture gateway = start("hedge: { after: 100ms }, limits: { requests: 2 }")) {
            slow.hold();
            for (int i = 0; i < 10; i++) {
                assertThat(gateway.get("/").body()).isEqualTo("quick");
            }

            await().atMost(PATIENCE).until(() -> slow.open() == 0);
            assertThat(figures(gateway)).contains("\"usage\":{\"requests\":0,\"connections\":0,\"pendingRequests\":0}");
        }
    }

    @Test
    void asksNobodyElseWhatIsNotSafeOrHasABody() throws Exception {
        try (GatewayFixture gateway = start("hedge: { after: 50ms }")) {
            slow.takeTime(Duration.ofMillis(300));
            quick.takeTime(Duration.ofMillis(300));

            for (int i = 0; i < 4; i++) {
                assertThat(gateway.post("/", "body").statusCode()).isEqualTo(200);
            }

            assertThat(slow.requests() + quick.requests()).isEqualTo(4);
        }
    }

    @Test
    void asksNobodyElseUnlessConfigured() throws Exception {
        try (GatewayFixture gateway = start("loadBalancer: round-robin")) {
            slow.takeTime(Duration.ofMillis(300));
            quick.takeTime(Duration.ofMillis(300));

            for (int i = 0; i < 4; i++) {
                assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            }

            assertThat(slow.requests() + quick.requests()).isEqualTo(4);
        }
    }

    @Test
    void asksNobodyElseWithoutBudget() throws Exception {
        try (GatewayFixture gateway =
                start("hedge: { after: 50ms }, retries: { budget: { share: 0%, minPerSecond: 0 } }")) {
            slow.takeTime(Duration.ofMillis(300));
            quick.takeTime(Duration.ofMillis(300));

            for (int i = 0; i < 4; i++) {
                assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            }

            assertThat(slow.requests() + quick.requests()).isEqualTo(4);
        }
    }

    @Test
    void waitsForTheOtherIfOneFails() throws Exception {
        try (FlakyUpstream flaky = new FlakyUpstream();
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        service("hedge: { after: 100ms }, retries: { attempts: 0 }", slow.entry(), flaky.entry()))) {
            slow.takeTime(Duration.ofMillis(600));
            flaky.next(Deed.CUT, Deed.CUT, Deed.CUT, Deed.CUT);

            List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                sent.add(CompletableFuture.supplyAsync(
                        () -> gateway.get("/"), command -> Thread.ofVirtual().start(command)));
            }

            for (CompletableFuture<HttpResponse<String>> one : sent) {
                // Whoever began with the one that cuts has no other yet, and fails.
                assertThat(one.get().statusCode()).isIn(200, 502);
            }
            assertThat(sent).anyMatch(one -> one.join().body().equals("slow"));
        }
    }

    @Test
    void asksNoEndpointForASignOfLifeThatWasOnlySlower() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawHttp2Upstream pausing = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    int first = talk.request();
                    assertThat(go.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
                    talk.answer(first);
                    talk.answerAll();
                });
                RawHttp2Upstream lively = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    talk.answerAll();
                });
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        service(
                                "protocol: h2, hedge: { after: 50ms }, timeouts: { connect: 300ms }",
                                pausing.endpoint(),
                                lively.endpoint()))) {
            await().atMost(PATIENCE)
                    .until(() -> gateway.get("/").statusCode() == 200
                            && pausing.requests().size() == 1);

            // Others may be waiting on its connection, for longer than a sign of life may take.
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            go.countDown();
            await().atMost(PATIENCE)
                    .until(() -> gateway.get("/").statusCode() == 200
                            && pausing.requests().size() > 1);

            assertThat(pausing.connections()).isEqualTo(1);
        }
    }

    private static void assertNothingIsHeldAgainst(GatewayFixture gateway) {
        assertThat(figures(gateway)).contains("\"failures\":0").doesNotContainPattern("\"failures\":[1-9]");
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(directory, service(keys, slow.entry(), quick.entry()));
    }

    private static String service(String keys, String one, String other) {
        return "  - { name: named, endpoints: [" + one + ", " + other + "], " + keys
                + " }\nroutes: [{ name: all, service: named }]\n";
    }

    private static String figures(GatewayFixture gateway) {
        return gateway.send(gateway.admin("/v1/services/named").build()).body().replaceAll("\\s", "");
    }
}
