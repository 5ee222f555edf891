package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.FlakyUpstream.Deed;
import dev.jarway.runtime.host.LogCapture;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a service may take for all of an exchange. */
class TotalTimeoutTest {
    @TempDir
    Path directory;

    private final FlakyUpstream flaky = new FlakyUpstream();

    @AfterEach
    void close() {
        flaky.close();
    }

    @Test
    void endsWhatDoesNotAnswer() throws Exception {
        try (GatewayFixture gateway = start("timeouts: { total: 300ms }")) {
            flaky.next(Deed.HANG);

            assertTimedOut(gateway.get("/"));

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void countsAllTries() throws Exception {
        try (GatewayFixture gateway =
                start("timeouts: { total: 1s }, retries: { attempts: 10, perTryTimeout: 400ms }")) {
            Deed[] deeds = new Deed[11];
            Arrays.fill(deeds, Deed.HANG);
            flaky.next(deeds);

            assertTimedOut(gateway.get("/"));

            assertThat(flaky.seen()).hasSizeBetween(2, 3);
        }
    }

    @Test
    void breaksOffAResponseThatTakesTooLong() throws Exception {
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway = start("timeouts: { total: 500ms }")) {
            flaky.next(Deed.DRIP);

            assertThatThrownBy(() -> gateway.get("/")).isInstanceOf(UncheckedIOException.class);

            await().atMost(PATIENCE).until(() -> !log.messages().isEmpty());
            assertThat(log.messages().getFirst()).contains(" failure=UPSTREAM_TIMEOUT");
        }
    }

    @Test
    void letsAStreamOfEventsGoOn() throws Exception {
        try (GatewayFixture gateway = start("timeouts: { total: 500ms }")) {
            flaky.next(Deed.EVENTS);

            assertThat(gateway.get("/").body()).contains("data: 10\n", "data: 1\n");
        }
    }

    private static void assertTimedOut(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).contains("\"code\":\"UPSTREAM_TIMEOUT\"", "(timeouts.total)");
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(
                directory,
                "  - { name: named, endpoints: [" + flaky.entry() + "], " + keys
                        + " }\nroutes: [{ name: all, service: named }]\n");
    }
}
