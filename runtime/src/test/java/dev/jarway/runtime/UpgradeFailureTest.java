package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.cli.FakeServiceManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the gateway that runs when its successor cannot start, and the other way round. */
@EnabledOnOs(OS.LINUX)
@Timeout(120)
class UpgradeFailureTest {
    @TempDir
    Path temp;

    private UpgradeDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = UpgradeDirectory.in(temp);
    }

    @AfterEach
    void stopWhoeverIsInCharge() {
        directory.close();
    }

    @Test
    void goesOnWhenTheSuccessorCannotStartAndIsUpgradedLater() throws Exception {
        Map<String, String> managed =
                Map.of("NOTIFY_SOCKET", temp.resolve("notify").toString());
        try (var manager = new FakeServiceManager(temp.resolve("notify").toString());
                GatewayProcess gateway = GatewayProcess.gateway(temp, managed);
                KeptConnection kept = KeptConnection.to(gateway.port("web"))) {
            kept.get("/");
            assertThat(manager.told()).contains(ready(gateway.pid()));
            directory.configure(0, "rotues: []\n");

            GatewayProcess wrongConfig = GatewayProcess.upgrade(temp, managed);
            assertThat(wrongConfig.status()).as(wrongConfig::output).isEqualTo(65);
            assertThat(wrongConfig.output())
                    .contains("/rotues")
                    .contains("the new process has ended with 65; process " + gateway.pid() + " goes on");

            directory.configure(0, "");
            try (var unrelated = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                String taken = "admin: { port: " + unrelated.getLocalPort() + " }";
                Files.writeString(
                        temp.resolve("jarway.yaml"),
                        Files.readString(temp.resolve("jarway.yaml")).replace("admin: { port: 0 }", taken));

                GatewayProcess takenPort = GatewayProcess.successor(temp, managed);
                assertThat(takenPort.status()).as(takenPort::output).isEqualTo(69);
                assertThat(takenPort.output()).contains("admin: 127.0.0.1:" + unrelated.getLocalPort());
            }

            assertThat(kept.get("/")).isEqualTo(String.valueOf(gateway.pid()));
            assertThat(kept.failures()).isZero();
            assertThat(directory.inCharge()).isEqualTo(gateway.pid());
            assertThat(manager.told()).isEmpty();
            directory.configure(0, "");
            GatewayProcess right = GatewayProcess.upgrade(temp, managed);
            assertThat(right.status()).as(right::output).isZero();
            assertThat(UpgradeDirectory.get(gateway.port("web"))).endsWith(String.valueOf(directory.inCharge()));
            assertThat(manager.told()).contains(ready(directory.inCharge()));
        }
    }

    private static String ready(long process) {
        return "READY=1\nMAINPID=" + process + "\n";
    }

    @Test
    void goesOnAloneWhenThePredecessorIsKilledInTheMiddle() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp)) {
            Files.createFile(directory.pause());
            GatewayProcess successor = GatewayProcess.successor(temp, Map.of());
            gateway.awaitOutput("A successor has taken the sockets");

            gateway.kill();
            try (Socket inBetween = new Socket(InetAddress.getLoopbackAddress(), gateway.port("web"))) {
                inBetween
                        .getOutputStream()
                        .write("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                Files.delete(directory.pause());

                successor.awaitOutput("Routes:");
                assertThat(new String(inBetween.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200")
                        .endsWith(String.valueOf(directory.inCharge()));
            }
            assertThat(directory.inCharge()).isEqualTo(successor.pid());
        }
    }

    @Test
    void refusesAnUnrelatedGatewayOnTheSamePortAndOneOnTheSameData() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp)) {
            Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
            try (UpgradeDirectory other = UpgradeDirectory.in(elsewhere)) {
                other.configure(gateway.port("web"), "");

                GatewayProcess samePort = GatewayProcess.starting(elsewhere, elsewhere.resolve("data"), Map.of());
                assertThat(samePort.status()).as(samePort::output).isEqualTo(69);
                assertThat(samePort.output()).contains("cannot be bound").contains("Address already in use");

                GatewayProcess sameData = GatewayProcess.starting(temp, temp.resolve("data"), Map.of());
                assertThat(sameData.status()).as(sameData::output).isEqualTo(66);
                assertThat(sameData.output()).contains("in use by the gateway of process " + gateway.pid());
            }
            assertThat(UpgradeDirectory.get(gateway.port("web"))).endsWith(String.valueOf(gateway.pid()));
        }
    }

    @Test
    void endsASuccessorThatTakesTooLong() throws Exception {
        try (GatewayProcess gateway = GatewayProcess.gateway(temp)) {
            Files.createFile(directory.pause());

            GatewayProcess command = GatewayProcess.of(
                    temp, Map.of(), "upgrade", "--data", temp.resolve("data").toString(), "--timeout", "1");

            assertThat(command.status()).as(command::output).isEqualTo(75);
            assertThat(command.output()).endsWith("; process " + gateway.pid() + " goes on\n");
            assertThat(UpgradeDirectory.get(gateway.port("web"))).endsWith(String.valueOf(gateway.pid()));
        }
    }

    @Test
    void saysThatNoGatewayRunsThere() throws Exception {
        GatewayProcess command = GatewayProcess.upgrade(temp);

        assertThat(command.status()).isEqualTo(69);
        assertThat(command.output())
                .startsWith("jarway: no gateway answers on the data directory " + temp.resolve("data"));
    }
}
