package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on its way on streams of HTTP/2 that have been reset. */
class ResetStreamsTest {
    private static final int CONCURRENT_STREAMS = 100;
    private static final int REFUSED_STREAM = 7;

    @TempDir
    Path directory;

    @Test
    void leavesTheConnectionAsWideAsItWasBehindMalformedRequestsWithBodies() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.together(() -> {
                for (int stream = 1; stream < 41; stream += 2) {
                    client.headers(stream, post(new String[] {"connection", "close"}), false);
                    client.data(stream, "a".repeat(16_000), true);
                }
            });
            client.headers(41, post(), false);
            client.data(41, "a".repeat(16_000), true);

            assertThat(client.outcome(41)).isEqualTo("200");
        }
    }

    @Test
    void resetsAMalformedRequestOnceHoweverMuchComesBehindIt() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, post(new String[] {"connection", "close"}), false);
            client.data(1, "a", false);
            client.data(1, "a", false);

            assertThat(client.outcome(1)).isEqualTo("reset 1");
            client.data(1, "a", true);
            client.headers(3, post(), false);
            client.data(3, "", true);
            assertThat(client.outcome(1)).as("the answer to the next").isEqualTo("200");
        }
    }

    @Test
    void ignoresAsManyMessagesAsMayBeOnTheirWay() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(upstream, "controlFrames: 500, streamResets: 10");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, post(new String[] {"connection", "close"}), false);
            for (int i = 0; i < 500; i++) {
                client.data(1, "a message", false);
            }
            client.headers(3, post(), false);
            client.data(3, "", true);
            assertThat(client.outcome(1)).isEqualTo("reset 1");
            assertThat(client.outcome(3)).isEqualTo("200");

            client.data(1, "one more", false);

            assertThat(client.end()).isEqualTo("goaway 11");
            assertThat(gateway.status()).contains("\"controlFrames\" : 1");
        }
    }

    @Test
    void refusesOneStreamTooManyWithABodyAndLeavesTheOthers() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(upstream);
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, post(), false);
            client.data(1, "", true);
            assertThat(client.outcome(1)).isEqualTo("200"); // Settings have been exchanged then.
            int stream = 3;
            for (int i = 0; i < CONCURRENT_STREAMS; i++) {
                client.headers(stream, post(), false);
                stream += 2;
            }
            client.headers(stream, post(), false);
            client.data(stream, "a", true);

            assertThat(client.outcome(stream)).isEqualTo("reset " + REFUSED_STREAM);
            client.data(3, "a", true);
            assertThat(client.outcome(3)).isEqualTo("200");
        }
    }

    @Test
    void leavesTheLastRequestsOfAConnectionWhereAnotherWithABodyComesBehindThem() throws Exception {
        try (RecordingUpstream upstream = new RecordingUpstream();
                GatewayFixture gateway = start(upstream, "requestsPerConnection: 2");
                RawHttp2 client = new RawHttp2(gateway.port())) {
            client.headers(1, post(), false);
            client.data(1, "a", false);
            client.headers(3, post(), false);
            client.data(3, "a", true);
            assertThat(List.of(client.outcome(3), client.outcome(3))).containsExactlyInAnyOrder("200", "goaway 0");
            client.headers(5, post(), false);
            client.data(5, "a", true);
            client.data(1, "a", true);

            assertThat(client.outcome(1)).isEqualTo("200");
            assertThat(upstream.seen()).hasSize(2);
        }
    }

    private GatewayFixture start(RecordingUpstream upstream) throws Exception {
        return start(upstream, "");
    }

    private GatewayFixture start(RecordingUpstream upstream, String limits) throws Exception {
        return GatewayFixture.start(
                directory.resolve("g"),
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h2c], limits: { " + limits + " } }]\n",
                "  - { name: recorder, endpoints: [{ url: \"" + upstream.url() + "\" }] }\n"
                        + "routes: [{ name: all, service: recorder }]\n");
    }

    private static List<String[]> post(String[]... further) {
        List<String[]> fields = new ArrayList<>(List.of(
                new String[] {":method", "POST"},
                new String[] {":scheme", "http"},
                new String[] {":authority", "h"},
                new String[] {":path", "/a"}));
        Collections.addAll(fields, further);
        return fields;
    }
}
