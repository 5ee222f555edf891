package dev.jarway.runtime;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that closes its first connection in the middle of the request's body, and echoes ten bytes on the others. */
final class CuttingUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();

    CuttingUpstream() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    void awaitConnections(int count) {
        await().atMost(GatewayFixture.PATIENCE).until(() -> connections.get() >= count);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                boolean first = connections.incrementAndGet() == 1;
                Thread.ofVirtual().start(() -> serve(socket, first));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void serve(Socket socket, boolean first) {
        try (socket) {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.read());
            }
            byte[] body = in.readNBytes(first ? 5 : 10);
            if (!first) {
                socket.getOutputStream()
                        .write(("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n"
                                        + new String(body, StandardCharsets.US_ASCII))
                                .getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
