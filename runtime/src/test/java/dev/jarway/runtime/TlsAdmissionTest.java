package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door of a listener with TLS: it refuses what it refuses without. */
class TlsAdmissionTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

    /** Its line folding is nothing that a parser would stumble over. */
    private static final String FOLDED = "GET /a HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n";

    private final TestAuthority authority = TestAuthority.create();
    private final TlsClient client = TlsClient.trusting(authority);

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificate() {
        TestAuthority.write(directory, "web", authority.issue("web.example.com"));
    }

    private GatewayFixture start(String limits) throws StartException {
        return GatewayFixture.start(
                directory,
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, limits: { " + limits + " }, tls: { "
                        + certificates("web") + " } }]\n",
                filters(""));
    }

    private SSLSocket open(GatewayFixture gateway, String... protocols) throws IOException {
        return client.open(
                gateway.port(), "web.example.com", parameters -> parameters.setApplicationProtocols(protocols));
    }

    @Test
    void refusesOverHttp1WhatIsNotWrittenAsItHasToBe() throws Exception {
        try (GatewayFixture gateway = start("");
                RawExchange agreed = new RawExchange(open(gateway, "http/1.1"));
                RawExchange silent = new RawExchange(open(gateway))) {
            agreed.send(GET);
            assertThat(agreed.answer(false).status()).isEqualTo(200);
            agreed.send(FOLDED);
            silent.send(FOLDED);

            assertThat(agreed.answer(false).status()).isEqualTo(400);
            assertThat(agreed.isClosed()).isTrue();
            assertThat(silent.answer(false).status()).isEqualTo(400);
            assertThat(gateway.upstream().seen()).hasSize(1);
        }
    }

    @Test
    void letsARefusedClientReadWhyWhileItStillSends() throws Exception {
        try (GatewayFixture gateway = start("");
                RawExchange raw = new RawExchange(open(gateway, "http/1.1"))) {
            raw.send(FOLDED);
            for (int i = 0; i < 100; i++) {
                raw.send("x".repeat(10_000));
            }

            assertThat(raw.answer(false).status()).isEqualTo(400);
        }
    }

    @Test
    void closesWhereNoHandshakeComes() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 300ms");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            silent.setSoTimeout(5_000); // Less than the standard limit.

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void closesWhereAHeadDoesNotComeToItsEnd() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 1s"); // The handshakes are to come to theirs.
                RawExchange slow = new RawExchange(open(gateway, "http/1.1"));
                RawExchange silent = new RawExchange(open(gateway, "http/1.1"))) {
            slow.send("GET / HTTP/1.1\r\nHo");

            assertThat(slow.answer(false).status()).isEqualTo(408);
            assertThat(slow.isClosed()).isTrue();
            assertThat(silent.isClosed()).isTrue();
        }
    }

    @Test
    void sendsAwayOverHttp2WhoSendsFramesThatCarryNothing() throws Exception {
        try (GatewayFixture gateway = start("controlFrames: 100");
                SSLSocket socket = open(gateway, "h2");
                RawHttp2 flood = new RawHttp2(socket);
                RawHttp2 other = new RawHttp2(open(gateway, "h2"))) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("h2");
            for (int i = 0; i < 300; i++) {
                flood.frame(RawHttp2.PING, 0, 0, new byte[8]);
            }

            assertThat(flood.end()).isEqualTo("goaway 11");
            other.headers(1, get(), true);
            assertThat(other.outcome(1)).isEqualTo("200");
        }
    }

    @Test
    void sendsAwayWhoseHeaderFieldsOverHttp2DoNotComeToTheirEnd() throws Exception {
        try (GatewayFixture gateway = start("headersWithin: 1s");
                RawHttp2 silent = new RawHttp2(open(gateway, "h2"));
                RawHttp2 half = new RawHttp2(open(gateway, "h2"));
                RawHttp2 usual = new RawHttp2(open(gateway, "h2"));
                SSLSocket noPreface = open(gateway, "h2")) {
            assertThat(get(silent, 1)).isEqualTo("200"); // Settings have been exchanged then.
            assertThat(get(half, 1)).isEqualTo("200");
            silent.frame(RawHttp2.HEADERS, 0, 3, new byte[0]); // CONTINUATION is to follow.
            half.begin(RawHttp2.HEADERS, 100, 3);

            assertThat(silent.end()).isEqualTo("goaway 11");
            assertThat(half.end()).isEqualTo("goaway 11");
            noPreface.setSoTimeout(20_000); // Less than the standard limit between requests.
            assertThat(noPreface.getInputStream().readAllBytes()).isNotEmpty(); // The gateway's own settings.
            assertThat(get(usual, 1)).isEqualTo("200");
        }
    }

    private static String get(RawHttp2 client, int stream) throws Exception {
        client.headers(stream, get(), true);
        return client.outcome(stream);
    }

    private static List<String[]> get() {
        return List.of(
                new String[] {":method", "GET"},
                new String[] {":scheme", "https"},
                new String[] {":authority", "h"},
                new String[] {":path", "/a"});
    }

    @Test
    void countsConnectionsBeforeTheirHandshake() throws Exception {
        try (GatewayFixture gateway = start("connections: 1");
                RawExchange first = new RawExchange(gateway.port())) {
            try (RawExchange second = new RawExchange(gateway.port())) {
                assertThat(second.isClosed()).isTrue();
            }
            assertThat(first.hasMore()).isFalse();
        }
    }
}
