package dev.jarway.runtime;

import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection, one handshake: more of them would be cheap for a client, and dear for the gateway. */
class RenegotiationTest {
    private static final String HOST = "web.example.com";

    @TempDir
    Path directory;

    @Test
    void isRefusedByTheProgram() throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestAuthority.write(directory, "web", authority.issue(HOST));
        Files.createDirectories(directory.resolve("plugins"));
        try (EchoUpstream upstream = EchoUpstream.start()) {
            Files.writeString(directory.resolve("jarway.yaml"), """
                    listeners: [{ name: web, host: 127.0.0.1, port: 0, tls: { %s } }]
                    routes: [{ name: all, service: echo }]
                    services: [{ name: echo, endpoints: [{ url: "%s" }] }]
                    """.formatted(certificates("web"), upstream.url()));
            try (GatewayProcess gateway = GatewayProcess.gateway(directory);
                    SSLSocket socket = TlsClient.trusting(authority)
                            .open(
                                    gateway.port("web"),
                                    HOST,
                                    parameters -> parameters.setProtocols(new String[] {"TLSv1.2"}));
                    KeptConnection connection = KeptConnection.over(socket)) {
                assertThat(connection.get("/before")).isEqualTo("/before");

                assertThatThrownBy(() -> {
                            socket.startHandshake();
                            connection.get("/after");
                        })
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
