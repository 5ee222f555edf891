package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.runtime.upgrade.Predecessor;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway does for one who says that it is its successor. */
@EnabledOnOs(OS.LINUX)
@Timeout(60)
class HandOverTest {
    private static final String ROUTE = filters("");

    @TempDir
    Path directory;

    @Test
    void changesNothingOnceItHasLaidDownItsChargeUntilItHasItBack() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, ROUTE)) {
            // So that there is a connection already.
            assertThat(gateway.status()).contains("revision");

            try (Predecessor predecessor = Predecessor.on(directory.resolve("data"))) {
                closeAll(predecessor.sockets());
                predecessor.layDown();

                assertThat(gateway.configure(ROUTE))
                        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(503))
                        .satisfies(answer -> assertThat(answer.body()).contains("Being upgraded"))
                        .satisfies(answer -> assertThat(answer.headers().firstValue("retry-after"))
                                .hasValue("1"));
                assertThat(gateway.get("/served").body()).isEqualTo("/served");
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(gateway.configure(ROUTE).statusCode()).isEqualTo(200));
            await().atMost(PATIENCE).ignoreExceptions().until(() -> {
                Predecessor.on(directory.resolve("data")).close();
                return true;
            });
        }
    }

    @Test
    void changesNothingWhoseBodyWasBeingSentWhenItLaidDownItsCharge() throws Exception {
        byte[] jar = PluginJar.simple("sent", "1.0.0").bytes();
        try (GatewayFixture gateway = GatewayFixture.start(directory, ROUTE);
                RawExchange upload = begin(gateway, "POST /v1/plugins", "application/java-archive", jar.length)) {
            byte[] document =
                    gateway.document("accessLog: { enabled: false }\n" + ROUTE).getBytes(StandardCharsets.UTF_8);
            try (RawExchange configuration = begin(gateway, "PUT /v1/config", "application/yaml", document.length);
                    Predecessor predecessor = Predecessor.on(directory.resolve("data"))) {
                closeAll(predecessor.sockets());
                predecessor.layDown();

                upload.send(jar);
                configuration.send(document);

                assertIsPutOff(upload.answer(false));
                assertIsPutOff(configuration.answer(false));
                assertThat(gateway.folder()).isEmptyDirectory();
            }
            await().atMost(PATIENCE).until(() -> gateway.configure(ROUTE).statusCode() == 200);
            assertThat(gateway.gateway().plugins().files()).isEmpty();
            assertThat(gateway.gateway().snapshot().loaded().document().text()).doesNotContain("accessLog");
        }
    }

    /** A change whose body has not been sent yet. */
    private static RawExchange begin(GatewayFixture gateway, String request, String type, int length)
            throws IOException {
        RawExchange exchange = new RawExchange(gateway.gateway().adminPort());
        exchange.send(request + " HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer secret\r\nContent-Type: " + type
                + "\r\nContent-Length: " + length + "\r\nExpect: 100-continue\r\n\r\n");
        assertThat(exchange.provisional()).isEqualTo(100);
        return exchange;
    }

    private static void assertIsPutOff(RawExchange.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.head()).contains("retry-after: 1");
        assertThat(answer.body()).contains("Being upgraded");
    }

    @Test
    void takesOneSuccessorAtATime() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, ROUTE);
                Predecessor first = Predecessor.on(directory.resolve("data"));
                Predecessor second = Predecessor.on(directory.resolve("data"))) {
            Map<String, FileDescriptor> sockets = first.sockets();

            assertThat(sockets.keySet()).containsExactlyInAnyOrder("127.0.0.1:0/web", "admin 127.0.0.1:0");
            assertThatThrownBy(second::sockets).hasMessageEndingWith("another upgrade is under way");
            closeAll(sockets);
            assertThat(gateway.get("/served").body()).isEqualTo("/served");
        }
    }

    @Test
    void isSpokenToByItsOwnUserAlone() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(directory, ROUTE)) {
            Path socket = directory.resolve("data/upgrade/socket");

            assertThat(gateway.port()).isPositive();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    private static void closeAll(Map<String, FileDescriptor> sockets) throws IOException {
        for (FileDescriptor socket : sockets.values()) {
            socket.close();
        }
    }
}
