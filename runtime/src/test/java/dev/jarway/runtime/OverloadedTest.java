package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.host.LogCapture;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client sees of a gateway that has too much to do, and who is let in all the same. */
class OverloadedTest {
    @TempDir
    Path directory;

    private final NamedUpstream slow = new NamedUpstream("slow");
    private final LogCapture log = new LogCapture("jarway.access");
    private final List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();

    @AfterEach
    void close() {
        slow.close();
        log.close();
    }

    @Test
    void refusesOneTooManyButNotWhatIsExempt() throws Exception {
        try (GatewayFixture gateway = start("overload: { requests: 2, retryAfter: 1500ms }\n", "")) {
            hold(gateway, 2);

            HttpResponse<String> third = gateway.get("/slow");

            assertThat(third.statusCode()).isEqualTo(503);
            assertThat(third.body()).contains("\"code\":\"OVERLOADED\"").doesNotContain("detail", "overload");
            log.awaitMessage("overload.requests: 2 are under way");
            assertThat(third.headers().firstValue("retry-after")).contains("2");
            assertThat(gateway.get("/health").statusCode()).isEqualTo(200);
            assertThat(gateway.status()).contains("\"requestsRefused\" : 1");
            assertEndWell();
            assertThat(gateway.get("/slow").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void holdsOneRouteToItsLimitAndLetsTheOthersGoOn() throws Exception {
        try (GatewayFixture gateway = start("", "limits: { requests: 2 }, ")) {
            hold(gateway, 2);

            assertThat(gateway.get("/slow").body()).contains("OVERLOADED");
            log.awaitMessage("limits.requests: 2 of this route are under way");
            assertThat(gateway.get("/other").statusCode()).isEqualTo(200);
            gateway.configure(document("", "limits: { requests: 3 }, "));
            hold(gateway, 1);
            assertThat(gateway.get("/slow").body()).contains("OVERLOADED");
            log.awaitMessage("limits.requests: 3 of this route are under way");

            assertEndWell();
            assertThat(gateway.get("/slow").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void findsTheLimitOfARouteByItself() throws Exception {
        try (GatewayFixture gateway = start("", "limits: { adaptive: { min: 1, max: 1 } }, ")) {
            hold(gateway, 1);

            assertThat(gateway.get("/slow").body()).contains("OVERLOADED");
            log.awaitMessage("limits.adaptive");
            assertEndWell();
            assertThat(gateway.get("/slow").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void saysWhichLimitsCannotBe() throws Exception {
        try (GatewayFixture gateway = start("", "")) {
            String refusal = gateway.configure(document("", "limits: { requests: 1, adaptive: { min: 10, max: 5 } }, "))
                    .body();

            assertThat(refusal).contains("/routes/0/limits/adaptive", "one of the two", "min at most as large as max");
        }
    }

    private void hold(GatewayFixture gateway, int count) {
        slow.hold();
        int before = slow.waiting();
        for (int i = 0; i < count; i++) {
            sent.add(CompletableFuture.supplyAsync(() -> gateway.get("/slow")));
        }
        await().atMost(PATIENCE).until(() -> slow.waiting() == before + count);
    }

    private void assertEndWell() {
        slow.letGo();
        assertThat(sent)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    private GatewayFixture start(String overload, String limits) throws Exception {
        return GatewayFixture.start(directory, document(overload, limits));
    }

    private String document(String overload, String limits) {
        return "  - { name: slow, endpoints: [" + slow.entry() + "] }\n"
                + "routes:\n"
                + "  - { name: slow, match: { path: /slow }, " + limits + "service: slow }\n"
                + "  - { name: health, match: { path: /health }, limits: { exempt: true }, service: echo }\n"
                + "  - { name: other, match: { path: /other }, service: echo }\n"
                + overload;
    }
}
