package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.quic.QuicChannel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.ObjectName;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How connections over QUIC begin. */
class Http3HandshakesTest {
    private static final String HOST = "www.example.com";
    private static final String CONTEXT = "io.netty.handler.codec.quic.QuicheQuicSslContext";
    private static final int MANY = 24;

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificates() {
        TestAuthority.write(directory, "other", authority.issue("other.example.net"));
        TestAuthority.write(directory, "all", authority.issue("*.example.com"));
    }

    private GatewayFixture start(String tls, String more) throws StartException {
        String listener = "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h3], tls: { "
                + certificates("other", "all") + tls + " }" + more + " }]\n";
        return GatewayFixture.start(directory, listener, filters(""));
    }

    private RawHttp3 connect(GatewayFixture gateway) throws Exception {
        return new RawHttp3(authority, HOST, gateway.port());
    }

    @Test
    void makesNoContextOfTlsForEachNameThatIsAskedFor() throws Exception {
        try (GatewayFixture gateway = start("", "");
                RawHttp3 client = connect(gateway)) {
            int before = contexts();

            List<QuicChannel> open = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                open.add(client.open("n" + i + ".example.com"));
                open.add(client.open("n" + i + ".example.org"));
                open.add(client.open(null));
            }

            assertThat(contexts()).isLessThanOrEqualTo(before + 1);
            assertThat(open).allMatch(QuicChannel::isActive);
        }
    }

    /** How many there are on both sides, of which the client has one. */
    private static int contexts() throws Exception {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(columns -> columns.length > 3 && columns[3].equals(CONTEXT))
                .mapToInt(columns -> Integer.parseInt(columns[1]))
                .sum();
    }

    @Test
    void choosesAmongCertificatesByTheName() throws Exception {
        try (GatewayFixture gateway = start("", "");
                RawHttp3 client = connect(gateway)) {
            assertThat(shown(client.open("any.example.com"))).isEqualTo("CN=*.example.com");
            assertThat(shown(client.open("ANY.Example.Com"))).isEqualTo("CN=*.example.com");
            assertThat(shown(client.open("a.b.example.com"))).isEqualTo("CN=other.example.net");
            assertThat(shown(client.open(null))).isEqualTo("CN=other.example.net");
            assertThat(shown(client.open("any.example.com"))).isEqualTo("CN=*.example.com");
        }
    }

    private static String shown(QuicChannel connection) throws Exception {
        return ((X509Certificate) engine(connection).getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void takesUpSessionsAgainUnlessToldNotTo() throws Exception {
        try (GatewayFixture gateway = start("", "");
                RawHttp3 client = connect(gateway)) {
            assertThat(client.send(client.head("GET"))).isEqualTo("200 /"); // The ticket comes before the answer.
            assertThat(isReused(client.open(HOST))).isTrue();
        }
        try (GatewayFixture gateway = start(", sessionTickets: false", "");
                RawHttp3 client = connect(gateway)) {
            assertThat(client.send(client.head("GET"))).isEqualTo("200 /");
            assertThat(isReused(client.open(HOST))).isFalse();
        }
    }

    private static SSLEngine engine(QuicChannel connection) {
        return Objects.requireNonNull(connection.sslEngine());
    }

    /** Netty tells itself alone. */
    private static boolean isReused(QuicChannel connection) throws Exception {
        SSLEngine engine = engine(connection);
        Method told = engine.getClass().getDeclaredMethod("isSessionReused");
        told.setAccessible(true);
        return (boolean) told.invoke(engine);
    }

    @Test
    void closesConnectionsWhoseHandshakeDoesNotEnd() throws Exception {
        try (GatewayFixture gateway = start("", ", limits: { headersWithin: 1s, connections: 1 }");
                DeafRelay relay = new DeafRelay(gateway.port(), 2)) {
            CompletableFuture<Void> attempt = CompletableFuture.runAsync(() -> {
                try (RawHttp3 silent = new RawHttp3(authority, HOST, relay.port())) {
                    fail("a handshake has ended without the client, which asks for " + silent.head("GET"));
                } catch (Exception e) {
                    throw new CompletionException(e);
                }
            });

            await().atMost(PATIENCE).until(() -> gateway.status().contains("\"headersWithin\" : 1"));
            await().atMost(PATIENCE).until(attempt::isCompletedExceptionally);
            try (RawHttp3 client = connect(gateway)) {
                assertThat(client.send(client.head("GET"))).isEqualTo("200 /");
            }
        }
    }

    /** What stands between a client and a port of this machine, and passes on so many packets of the client alone. */
    private static final class DeafRelay implements AutoCloseable {
        private final DatagramSocket clients = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final DatagramSocket server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final AtomicReference<@Nullable SocketAddress> client = new AtomicReference<>();

        DeafRelay(int port, int most) throws IOException {
            server.connect(InetAddress.getLoopbackAddress(), port);
            Thread.ofPlatform().start(() -> {
                for (int i = 0; pass(clients, i < most ? server : null, null); i++) {}
            });
            Thread.ofPlatform().start(() -> {
                while (pass(server, clients, client)) {}
            });
        }

        int port() {
            return clients.getLocalPort();
        }

        /** False at the end. */
        private boolean pass(
                DatagramSocket from,
                @Nullable DatagramSocket to,
                @Nullable AtomicReference<@Nullable SocketAddress> whom) {
            try {
                DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
                from.receive(packet);
                if (whom == null) {
                    client.set(packet.getSocketAddress());
                }
                if (to != null) {
                    SocketAddress address = whom == null ? server.getRemoteSocketAddress() : whom.get();
                    to.send(new DatagramPacket(packet.getData(), packet.getLength(), address));
                }
                return true;
            } catch (PortUnreachableException e) {
                return true;
            } catch (IOException e) {
                return !from.isClosed();
            }
        }

        @Override
        public void close() {
            clients.close();
            server.close();
        }
    }

    @Test
    void believesNoProofOfAnAddressThatItHasNotGiven() throws Exception {
        try (GatewayFixture gateway = start("", "");
                DatagramSocket client = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            byte[] address = client.getLocalAddress().getAddress();
            byte[] told = token(exchange(client, gateway.port(), initial("12345678", new byte[0])));

            assertThat(new String(told, StandardCharsets.ISO_8859_1))
                    .doesNotContain("netty" + new String(address, StandardCharsets.ISO_8859_1));
        }
    }

    /** A Retry packet: flags, version, no id of ours but "abcd", an id of 20 bytes, the token, 16 bytes of integrity. */
    private static byte[] token(byte[] retry) {
        return Arrays.copyOfRange(retry, 7 + 4 + 20, retry.length - 16);
    }

    private static byte[] exchange(DatagramSocket client, int port, byte[] packet) throws IOException {
        client.setSoTimeout(20_000);
        send(client, port, packet);
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        client.receive(answer);
        return Arrays.copyOf(answer.getData(), answer.getLength());
    }

    private static void send(DatagramSocket client, int port, byte[] packet) throws IOException {
        client.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
    }

    /** An Initial packet (RFC 9000 section 17.2.2) that has the right size, and nothing in it that can be decrypted. */
    private static byte[] initial(String destination, byte[] token) {
        ByteBuffer packet = ByteBuffer.allocate(1200);
        packet.put((byte) 0xc3).putInt(1);
        packet.put((byte) destination.length()).put(destination.getBytes(StandardCharsets.ISO_8859_1));
        packet.put((byte) 4).put("abcd".getBytes(StandardCharsets.ISO_8859_1));
        packet.putShort((short) (0x4000 | token.length)).put(token);
        packet.putShort((short) (0x4000 | (packet.remaining() - 2)));
        return packet.array();
    }
}
