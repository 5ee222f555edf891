package dev.jarway.runtime;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one side of a WebSocket has sent before it closed, while the other reads slowly. */
@Timeout(60)
class LastWordsTest {
    private static final String HANDSHAKE = """
            GET / HTTP/1.1
            Host: test
            Connection: upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

            """.replace("\n", "\r\n");

    private static final String ANSWER = """
            HTTP/1.1 101 Switching Protocols
            Connection: upgrade
            Upgrade: websocket
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

            """.replace("\n", "\r\n");

    /** The head of a frame that is longer than all that fits in between. */
    private static final byte[] FRAME = {(byte) 0x82, 127, 0, 0, 0, 0, 0x7f, 0, 0, 0};

    private static final int SMALL = 16 * 1024;

    private static final int GULP = 128 * 1024;
    private static final Duration PAUSE = Duration.ofMillis(30);

    /** Nothing moves for so long: nothing will before somebody reads. */
    private static final long STANDSTILL = Duration.ofMillis(500).toNanos();

    @TempDir
    Path directory;

    private ServerSocketChannel service;
    private GatewayFixture gateway;
    private SocketChannel client;
    private SocketChannel endpoint;

    @BeforeEach
    void connect() throws Exception {
        service = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        service.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        gateway = GatewayFixture.start(
                directory,
                "  - { name: raw, endpoints: [{ url: \"http://127.0.0.1:"
                        + ((InetSocketAddress) service.getLocalAddress()).getPort() + "\" }] }\n"
                        + "routes: [{ name: raw, service: raw }]\n");
        client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_RCVBUF, SMALL);
        client.setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
        write(client, HANDSHAKE);
        endpoint = service.accept();
        endpoint.setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
        head(endpoint);
        write(endpoint, ANSWER);
        head(client);
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        endpoint.close();
        gateway.close();
        service.close();
    }

    @Test
    void reachesAClientThatReadsSlowly() throws Exception {
        long sent = sendUntilStandstill(endpoint);
        endpoint.close();

        assertThat(readToTheEnd(client)).isEqualTo(sent);
    }

    @Test
    void reachesAnEndpointThatReadsSlowly() throws Exception {
        long sent = sendUntilStandstill(client);
        client.close();

        assertThat(readToTheEnd(endpoint)).isEqualTo(sent);
    }

    private static void write(SocketChannel to, String text) throws IOException {
        to.write(ByteBuffer.wrap(text.getBytes(US_ASCII)));
    }

    private static void head(SocketChannel from) throws IOException {
        InputStream in = from.socket().getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
    }

    /** Sends as much as finds room on the way, and says how much that was. */
    private static long sendUntilStandstill(SocketChannel to) throws IOException {
        to.configureBlocking(false);
        long sent = to.write(ByteBuffer.wrap(FRAME));
        long moved = System.nanoTime();
        while (System.nanoTime() - moved < STANDSTILL) {
            int more = to.write(ByteBuffer.allocate(SMALL));
            if (more > 0) {
                sent += more;
                moved = System.nanoTime();
            } else {
                Thread.onSpinWait();
            }
        }
        return sent;
    }

    /** Reads with pauses, so that the gateway sees the sender's end while it is full of what came before. */
    private static long readToTheEnd(SocketChannel from) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(SMALL);
        long read = 0;
        int more;
        while ((more = from.read(piece.clear())) >= 0) {
            read += more;
            if (read / GULP > (read - more) / GULP) {
                await().pollDelay(PAUSE).until(() -> true);
            }
        }
        return read;
    }
}
