package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of connections of the first process that are not just one request after the other. */
@EnabledOnOs(OS.LINUX)
@Timeout(180)
class UpgradeStreamsTest {
    private static final String HANDSHAKE = """
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """;

    @TempDir
    Path directory;

    private LiveUpstream live;
    private GatewayProcess first;
    private int port;

    @BeforeEach
    void startTheFirst() throws IOException {
        live = new LiveUpstream();
        Files.createDirectories(directory.resolve("plugins"));
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]
                drain: { deadline: 3s }
                routes: [{ name: all, service: live }]
                services:
                """ + live.entry());
        first = GatewayProcess.gateway(directory);
        port = first.port("web");
    }

    @AfterEach
    void stop() throws Exception {
        first.close();
        Path pid = directory.resolve("data/gateway.pid");
        if (Files.exists(pid)) {
            ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        live.close();
    }

    @Test
    void leavesAWebSocketAloneUntilTheDrainDeadlineAndEndsItByGoingAway() throws Exception {
        try (TalkingSocket socket = TalkingSocket.to(port, "/echo")) {
            assertThat(socket.ask("before")).isEqualTo("before");

            upgrade();

            assertThat(socket.ask("after")).isEqualTo("after");
            assertThat(socket.end().get(20, TimeUnit.SECONDS)).isEqualTo(1001);
            assertThat(first.status()).isZero();
        }
    }

    @Test
    void stillOpensAWebSocketOnAConnectionThatTheFirstHas() throws Exception {
        try (KeptConnection connection = KeptConnection.to(port)) {
            upgrade();

            String head = connection.head("/echo", HANDSHAKE);

            assertThat(head).startsWith("HTTP/1.1 101").containsIgnoringCase("connection: upgrade");
        }
    }

    @Test
    void answersOnAConnectionOfHttp2AndThenTurnsItsClientToTheSecond() throws Exception {
        try (Http2Connection connection = new Http2Connection(port)) {
            assertThat(connection.get("/before")).isEmpty();
            int opened = connection.opened();

            upgrade();

            assertThat(connection.get("/after")).isEmpty();
            await().atMost(PATIENCE).until(() -> {
                connection.get("/until-there-is-a-new-one");
                return connection.opened() > opened;
            });
            assertThat(first.status()).isZero();
        }
    }

    private void upgrade() throws Exception {
        try (GatewayProcess command = GatewayProcess.upgrade(directory)) {
            assertThat(command.status()).as(command::output).isZero();
        }
    }
}
