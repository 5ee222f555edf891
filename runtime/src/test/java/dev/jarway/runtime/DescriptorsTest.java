package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway that may open few files, and clients that keep their connections. */
class DescriptorsTest {
    private static final int MOST = 600;

    @TempDir
    Path directory;

    private final List<Socket> kept = new ArrayList<>();

    @Test
    void keepsEnoughForTheAdminEndpointAndServesAgainWhenClientsHaveLeft() throws Exception {
        Files.createDirectories(directory.resolve("plugins"));
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners: [{ name: web, host: 127.0.0.1, port: 0, limits: { connections: 10000 } }]
                admin: { host: 127.0.0.1, port: 0 }
                """);
        try (GatewayProcess gateway = GatewayProcess.ofFewDescriptors(directory, MOST)) {
            int port = gateway.port("web");

            while (answer(kept(port)).startsWith("HTTP/1.1 404")) {
                assertThat(kept).hasSizeLessThan(MOST);
            }

            for (int i = 0; i < 10; i++) {
                assertThat(answer(kept(gateway.port("admin")))).startsWith("HTTP/1.1 200");
            }
            for (Socket socket : kept) {
                socket.close();
            }
            await().atMost(PATIENCE).until(() -> answer(kept(port)), answer -> answer.startsWith("HTTP/1.1 404"));
        } finally {
            for (Socket socket : kept) {
                socket.close();
            }
        }
    }

    private Socket kept(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        kept.add(socket);
        return socket;
    }

    /** The status line of the answer; empty if the connection is closed. */
    private static String answer(Socket socket) {
        try {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nhost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            StringBuilder line = new StringBuilder();
            for (int octet = socket.getInputStream().read();
                    octet >= 0;
                    octet = socket.getInputStream().read()) {
                if (octet == '\r') {
                    return line.toString();
                }
                line.append((char) octet);
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }
}
