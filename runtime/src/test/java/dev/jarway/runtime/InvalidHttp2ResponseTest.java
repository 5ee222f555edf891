package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service of HTTP/2 sends that cannot be a response. */
class InvalidHttp2ResponseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    /** What a service sends in answer to a request. */
    private interface Answer {
        void to(int stream, RawHttp2Upstream.Talk talk) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(strings = {"000", "20", "+20", "-20", "99", "099", "1000", "2000", "2 0", "20x", "101"})
    void isAnsweredWith502WhereTheStatusIsNone(String status) throws Exception {
        assertInvalid((stream, talk) -> talk.status(stream, status, true));
    }

    @Test
    void isAnsweredWith502WhereItSwitchesProtocolsAndGoesOn() throws Exception {
        assertInvalid((stream, talk) -> talk.status(stream, "101", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "102", "103", "199"})
    void isAnsweredWith502WhereItEndsBeforeTheFinalOne(String status) throws Exception {
        assertInvalid((stream, talk) -> talk.status(stream, status, true));
    }

    @Test
    void isAnsweredWith502WhereTheBodyComesFirst() throws Exception {
        assertInvalid((stream, talk) -> {
            talk.data(stream, "hello", false);
            talk.answer(stream);
        });
    }

    @Test
    void isAnsweredWith502WhereTheBodyComesBehindAProvisionalOne() throws Exception {
        assertInvalid((stream, talk) -> {
            talk.status(stream, "103", false);
            talk.data(stream, "hello", true);
        });
    }

    @Test
    void isPassedOnWhereTheStatusIsOfAClassThatNobodyKnows() throws Exception {
        try (RawHttp2Upstream upstream = answering((stream, talk) -> talk.status(stream, "999", true));
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry("retries: { attempts: 0 }"))) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(999);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-20", "2000", "101"})
    void leavesTheOtherRequestsOnItsConnection(String status) throws Exception {
        try (RawHttp2Upstream upstream = new RawHttp2Upstream(talk -> {
                    talk.greet();
                    int first = talk.request();
                    talk.status(talk.request(), status, false);
                    talk.answer(first);
                    talk.fallSilent();
                });
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h2c] }]\n",
                        upstream.entry("retries: { attempts: 0 }"));
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, get(), true);
            await().atMost(PATIENCE).until(() -> upstream.requests().size() == 1);
            client.headers(3, get(), true);

            assertThat(client.outcome(3)).isEqualTo("502");
            assertThat(client.outcome(1)).isEqualTo("200");
            assertThat(upstream.connections()).isEqualTo(1);
        }
    }

    private static List<String[]> get() {
        return List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "h"},
                new String[] {":path", "/"});
    }

    private void assertInvalid(Answer answer) throws Exception {
        try (RawHttp2Upstream upstream = answering(answer);
                GatewayFixture gateway = GatewayFixture.start(directory, upstream.entry("retries: { attempts: 0 }"))) {
            HttpResponse<String> told = gateway.get("/");

            assertThat(told.statusCode()).isEqualTo(502);
            assertThat(told.body()).contains("UPSTREAM_INVALID");
        }
    }

    private static RawHttp2Upstream answering(Answer answer) {
        return new RawHttp2Upstream(talk -> {
            talk.greet();
            answer.to(talk.request(), talk);
            talk.fallSilent();
        });
    }
}
