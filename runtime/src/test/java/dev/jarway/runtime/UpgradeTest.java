package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One process takes over from another. {@code -Dupgrades=20} makes it long. */
@EnabledOnOs(OS.LINUX)
@Timeout(300)
class UpgradeTest {
    private static final Logger log = LoggerFactory.getLogger(UpgradeTest.class);
    private static final int UPGRADES = Integer.getInteger("upgrades", 2);
    private static final int ONE_SHOT_PER_SECOND = Integer.getInteger("oneshot", 400);
    private static final int KEPT_PER_SECOND = Integer.getInteger("kept", 300);
    private static final String PROCESS = "String.valueOf(ProcessHandle.current().pid())";

    @TempDir
    Path directory;

    private EchoUpstream upstream;

    @BeforeEach
    void makeDirectory() throws IOException {
        upstream = EchoUpstream.start();
        Files.createDirectories(directory.resolve("plugins"));
        FilterSource.filter(
                        "process",
                        "1.0.0",
                        "@Override public Action onRequestHeaders(Request request) {"
                                + " return request.method().equals(\"POST\") ? Action.proceed()"
                                + " : Action.respond(LocalResponse.of(200, " + PROCESS + ")); }"
                                + "@Override public Action onResponseHeaders(Response response) {"
                                + " response.headers().set(\"x-process\", " + PROCESS + "); return Action.proceed(); }")
                .in(directory.resolve("plugins"));
        configure("");
    }

    private void configure(String more) throws IOException {
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners: [{ name: web, host: 127.0.0.1, port: 0 }]
                admin: { port: 0 }
                services: [{ name: echo, endpoints: [{ url: "%s" }] }]
                routes: [{ name: all, service: echo, filters: [{ plugin: process }] }]
                """.formatted(upstream.url()) + more);
    }

    @AfterEach
    void stopWhoeverIsInCharge() {
        upstream.close();
        inCharge().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** The process whose number stands in the data directory. */
    private Optional<Long> inCharge() {
        try {
            Path file = directory.resolve("data/gateway.pid");
            return Files.exists(file)
                    ? Optional.of(Long.parseLong(Files.readString(file).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void failsNoRequestWhileProcessesSucceedOneAnother() throws Exception {
        GatewayProcess first = GatewayProcess.gateway(directory);
        int port = first.port("web");
        try (first;
                UpgradeLoad load = UpgradeLoad.on(port, ONE_SHOT_PER_SECOND, KEPT_PER_SECOND)) {
            for (int upgrade = 0; upgrade < UPGRADES; upgrade++) {
                ProcessHandle before = ProcessHandle.of(inCharge().orElseThrow()).orElseThrow();
                try (TricklingUpload upload = TricklingUpload.to(port)) {
                    upload.send("begun, ");

                    GatewayProcess command = GatewayProcess.upgrade(directory);
                    assertThat(command.status()).as(command::output).isZero();
                    long now = inCharge().orElseThrow();

                    assertThat(now).isNotEqualTo(before.pid());
                    await().atMost(PATIENCE).until(() -> isSolelyServedBy(port, now));
                    upload.send("ended");
                    assertThat(upload.finish())
                            .contains("begun, ")
                            .contains("ended")
                            .contains("x-process: " + before.pid());
                    await().atMost(PATIENCE).until(() -> !before.isAlive());
                    assertThat(load.answered(String.valueOf(before.pid()))).isPositive();
                }
            }
            load.stop();

            log.info("{} upgrades, {} requests, {} failed", UPGRADES, load.answered(), load.failures().size());
            assertThat(load.failures()).isEmpty();
            assertThat(load.answered(String.valueOf(inCharge().orElseThrow()))).isPositive();
            assertThat(first.status()).isZero();
        }
    }

    private static boolean isSolelyServedBy(int port, long process) throws IOException {
        for (int i = 0; i < 5; i++) {
            if (!get(port).endsWith(String.valueOf(process))) {
                return false;
            }
        }
        return true;
    }

    private static String get(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
