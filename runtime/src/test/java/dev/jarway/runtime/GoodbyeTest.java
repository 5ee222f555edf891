package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of requests over HTTP/2 that an endpoint says it has not begun with. */
class GoodbyeTest {
    private static final int REFUSED_STREAM = 7;

    @TempDir
    Path directory;

    @Test
    void sendsAgainWhatTheEndpointLeavesOutWhenItSaysGoodbye() throws Exception {
        assertTriedAgain((talk, stream) -> talk.goAway(0));
    }

    @Test
    void takesTheLastWordOfAnEndpointThatLeavesInPeace() throws Exception {
        assertTriedAgain((talk, stream) -> {
            talk.goAway(Integer.MAX_VALUE);
            talk.goAway(0);
        });
    }

    @Test
    void holdsARefusedStreamAgainstNobody() throws Exception {
        assertTriedAgain((talk, stream) -> talk.reset(stream, REFUSED_STREAM));
    }

    @Test
    void sendsNothingTwiceThatTheEndpointMayHaveBegunWith() throws Exception {
        try (RawHttp2Upstream upstream = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    talk.goAway(talk.request());
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry("retries: { attempts: 1 }"))) {
            assertThat(gateway.post("/", "body").statusCode()).isEqualTo(502);

            assertThat(upstream.requests()).hasSize(1);
        }
    }

    /** How an endpoint refuses a request. */
    private interface Refusal {
        void of(RawHttp2Upstream.Talk talk, int stream) throws Exception;
    }

    private void assertTriedAgain(Refusal refusal) throws Exception {
        try (RawHttp2Upstream upstream = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    if (talk.number() == 1) {
                        refusal.of(talk, talk.request());
                    }
                    talk.answerAll();
                });
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry("retries: { attempts: 1 }"))) {
            assertThat(gateway.post("/", "body").statusCode()).isEqualTo(200);

            assertThat(upstream.requests()).hasSize(2);
            assertThat(gateway.send(gateway.admin("/v1/services/named").build())
                            .body()
                            .replaceAll("\\s", ""))
                    .contains("\"failures\":0")
                    .doesNotContainPattern("\"failures\":[1-9]");
        }
    }
}
