package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections of HTTP/2 to an endpoint on which nothing comes any more. */
class DeadConnectionTest {
    @TempDir
    Path directory;

    @Test
    void givesAConnectionUpOnWhichNothingComesAnyMore() throws Exception {
        try (RawHttp2Upstream upstream = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    if (talk.number() == 1) {
                        talk.answer(talk.request());
                        talk.fallSilent();
                    }
                    talk.answerAll();
                });
                GatewayFixture gateway = start(upstream, "timeouts: { connect: 500ms, response: 300ms }")) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/").statusCode()).isEqualTo(504);

            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 200);

            assertThat(upstream.ended()).isEqualTo(1);
        }
    }

    @Test
    void givesItUpTooIfWhatEndsTheWaitIsTheLimitForAllOfTheRequest() throws Exception {
        try (RawHttp2Upstream upstream = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    if (talk.number() == 1) {
                        talk.fallSilent();
                    }
                    talk.answerAll();
                });
                GatewayFixture gateway = start(upstream, "timeouts: { connect: 500ms, total: 300ms }")) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(504);

            await().atMost(PATIENCE).until(() -> gateway.get("/").statusCode() == 200);
        }
    }

    @Test
    void keepsAConnectionOfAnEndpointThatIsOnlySlow() throws Exception {
        try (RawHttp2Upstream upstream = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    for (int i = 0; i < 4; i++) {
                        assertThat(talk.request()).isPositive(); // It takes more time than there is.
                    }
                    talk.answerAll();
                });
                GatewayFixture gateway = start(upstream, "timeouts: { connect: 200ms, response: 500ms }")) {
            for (int i = 0; i < 4; i++) {
                assertThat(gateway.get("/").statusCode()).isEqualTo(504);
            }

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    private GatewayFixture start(RawHttp2Upstream upstream, String keys) throws StartException {
        return GatewayFixture.start(directory, upstream.entry(keys));
    }
}
