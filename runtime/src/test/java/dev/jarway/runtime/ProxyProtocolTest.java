package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proxies in front that say whom they speak for. */
class ProxyProtocolTest {
    private static final String REQUEST = "GET /a HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
    private static final byte[] VERSION_1 =
            "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);

    /** The same in binary: signature, version 2 and PROXY, TCP over IPv4, 12 bytes of addresses and ports. */
    private static final byte[] VERSION_2 =
            HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "21" + "11" + "000c" + "c0000207c6336401dc0401bb");

    @TempDir
    Path directory;

    private static String listener(String proxies, String more) {
        return "listeners: [{ name: web, host: 127.0.0.1, port: 0, proxyProtocol: { from: [" + proxies + "] }" + more
                + " }]\n";
    }

    private GatewayFixture start(String proxies, String more) throws StartException {
        return GatewayFixture.start(directory, listener(proxies, more), filters(""));
    }

    /** All that is answered to these bytes, until the connection is closed. */
    private static String answer(GatewayFixture gateway, byte[]... parts) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(10_000);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] part : parts) {
                all.writeBytes(part);
            }
            socket.getOutputStream().write(all.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (SocketException e) {
            return ""; // Reset, with bytes of ours unread.
        }
    }

    private static byte[] request() {
        return REQUEST.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void takesTheClientsAddressFromAProxyThatIsKnown() throws Exception {
        try (GatewayFixture gateway = start("10.0.0.0/8, 127.0.0.0/8", "")) {
            assertThat(answer(gateway, VERSION_1, request())).startsWith("HTTP/1.1 200 ");
            assertThat(answer(gateway, VERSION_2, request())).startsWith("HTTP/1.1 200 ");

            assertThat(gateway.upstream().seen())
                    .hasSize(2)
                    .allSatisfy(seen -> assertThat(seen.headers()).containsEntry("x-forwarded-for", "192.0.2.7"));
        }
    }

    @Test
    void goesOnAsItWasWhenAChangeIsRefusedByAnotherListener() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, filters(""));
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String listeners = listener("10.0.0.0/8", "")
                    .replace("}]\n", "}, { name: other, host: 127.0.0.1, port: " + taken.getLocalPort() + " }]\n");

            HttpResponse<String> refused = gateway.configure(listeners, filters(""));

            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("/listeners/1", "listener other", "cannot be bound");

            assertThat(answer(gateway, request())).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void takesItBeforeTls() throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestAuthority.write(directory, "web", authority.issue("web.example.com"));
        try (GatewayFixture gateway = start("127.0.0.1", ", tls: { " + certificates("web") + " }");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(VERSION_2);
            try (KeptConnection connection =
                    KeptConnection.over(TlsClient.trusting(authority).over(socket))) {
                assertThat(connection.get("/a")).isEqualTo("/a");
            }
            assertThat(gateway.upstream().seen().remove().headers()).containsEntry("x-forwarded-for", "192.0.2.7");
        }
    }

    /** The same from another client. */
    private static byte[] versionOne(String client) {
        return ("PROXY TCP4 " + client + " 198.51.100.1 56324 443\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static RawExchange connect(GatewayFixture gateway, String client) throws IOException {
        RawExchange connection = new RawExchange(gateway.port());
        connection.send(versionOne(client));
        connection.send("GET /a HTTP/1.1\r\nHost: test\r\n\r\n");
        return connection;
    }

    @Test
    void countsTheConnectionsOfAClientNotOfTheProxy() throws Exception {
        try (GatewayFixture gateway = start("127.0.0.1", ", limits: { connectionsPerClient: 1 }");
                RawExchange one = connect(gateway, "192.0.2.1");
                RawExchange other = connect(gateway, "192.0.2.2")) {
            assertThat(one.answer(false).status()).isEqualTo(200);
            assertThat(other.answer(false).status()).isEqualTo(200);
            try (RawExchange oneMore = connect(gateway, "192.0.2.2")) {
                assertThat(oneMore.isClosed()).isTrue();
            }
        }
    }

    @Test
    void takesTheProxyForTheClientWhereItSpeaksForItself() throws Exception {
        byte[] unknown = "PROXY UNKNOWN\r\n".getBytes(StandardCharsets.US_ASCII);
        byte[] local = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20" + "00" + "0000");
        try (GatewayFixture gateway = start("127.0.0.1", "")) {
            assertThat(answer(gateway, unknown, request())).startsWith("HTTP/1.1 200 ");
            assertThat(answer(gateway, local, request())).startsWith("HTTP/1.1 200 ");

            assertThat(gateway.upstream().seen())
                    .hasSize(2)
                    .allSatisfy(seen -> assertThat(seen.headers()).containsEntry("x-forwarded-for", "127.0.0.1"));
        }
    }

    @Test
    void takesAnAddressOfIpv6() throws Exception {
        byte[] header = "PROXY TCP6 2001:db8::7 2001:db8::1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);
        try (GatewayFixture gateway = start("127.0.0.1", "")) {
            assertThat(answer(gateway, header, request())).startsWith("HTTP/1.1 200 ");
            assertThat(gateway.upstream().seen().remove().headers().get("x-forwarded-for"))
                    .isIn("2001:db8::7", "2001:db8:0:0:0:0:0:7");
        }
    }

    @Test
    void closesWhereItDoesNotCome() throws Exception {
        try (GatewayFixture gateway = start("127.0.0.1", ", limits: { headersWithin: 300ms }");
                Socket silent = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
                Socket halting = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            halting.getOutputStream().write(VERSION_1, 0, 20);
            for (Socket socket : List.of(silent, halting)) {
                socket.setSoTimeout(5_000); // Less than the standard limit.

                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
        }
    }

    @Test
    void looksAtWhatComesBehindIt() throws Exception {
        String folded = "GET / HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n";
        for (String protocols : new String[] {"h1", "h1, h2c"}) {
            try (GatewayFixture gateway = start("127.0.0.1", ", protocols: [" + protocols + "]")) {
                for (byte[] header : new byte[][] {VERSION_1, VERSION_2}) {
                    assertThat(answer(gateway, header, request())).startsWith("HTTP/1.1 200 ");
                    assertThat(answer(gateway, header, folded.getBytes(StandardCharsets.US_ASCII)))
                            .startsWith("HTTP/1.1 400 ");
                }
            }
        }
    }

    @Test
    void findsHttp2BehindIt() throws Exception {
        try (GatewayFixture gateway = start("127.0.0.1", ", protocols: [h1, h2c]");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.getOutputStream().write(VERSION_2);
            try (RawHttp2 client = new RawHttp2(socket)) {
                client.headers(
                        1,
                        List.of(
                                new String[] {":method", "GET"},
                                new String[] {":scheme", "http"},
                                new String[] {":authority", "h"},
                                new String[] {":path", "/a"}),
                        true);

                assertThat(client.outcome(1)).isEqualTo("200");
            }
            assertThat(gateway.upstream().seen().remove().headers()).containsEntry("x-forwarded-for", "192.0.2.7");
        }
    }

    @Test
    void closesWhatIsNotTheProtocol() throws Exception {
        try (GatewayFixture gateway = start("127.0.0.1", "")) {
            assertThat(answer(gateway, request())).isEmpty();
            assertThat(answer(gateway, "PROXY TCP4 nonsense\r\n".getBytes(StandardCharsets.US_ASCII), request()))
                    .isEmpty();
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }

    @Test
    void takesNobodysWordWhoIsNotKnown() throws Exception {
        try (GatewayFixture gateway = start("10.0.0.0/8", "")) {
            assertThat(answer(gateway, VERSION_1, request())).isEmpty();
            assertThat(answer(gateway, VERSION_2, request())).isEmpty();
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }
}
