package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left of a connection that has not been opened in time: nothing. */
class ConnectTimeoutTest {
    /** Half of what Vert.x gives to a handshake by default. */
    private static final Duration SOONER = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"h1", "h2"})
    @EnabledOnOs(OS.LINUX)
    void endsWhatIsNotOpenInTime(String protocol) throws Exception {
        try (FullBacklog full = new FullBacklog();
                GatewayFixture gateway = start(full.url(), protocol)) {
            assertUnreachable(gateway);

            await().atMost(PATIENCE).until(() -> full.knocking() == 0);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void endsChecksThatAreNotOpenInTime() throws Exception {
        try (FullBacklog full = new FullBacklog();
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        "  - { name: named, health: { active: { interval: 50ms, timeout: 200ms, unhealthy: 3 } },"
                                + " endpoints: [{ url: \"" + full.url() + "\" }] }\n"
                                + "routes: [{ name: all, service: named }]\n")) {
            await().atMost(PATIENCE).until(() -> gateway.get("/").body().contains("\"code\":\"NO_ENDPOINT\""));

            gateway.configure("routes: [{ name: all, service: gone }]\n");

            await().atMost(PATIENCE).until(() -> full.knocking() == 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"h1", "auto", "h2"})
    void endsHandshakesThatAreNotOverInTime(String protocol) throws Exception {
        AtomicInteger closed = new AtomicInteger();
        try (RawUpstream mute = new RawUpstream(talk -> {
                    talk.in().transferTo(OutputStream.nullOutputStream());
                    closed.incrementAndGet();
                });
                GatewayFixture gateway = start(mute.url().replace("http:", "https:"), protocol)) {
            assertUnreachable(gateway);

            await().atMost(SOONER).until(() -> mute.connections() > 0 && closed.get() == mute.connections());
        }
    }

    @Test
    void endsConnectionsOnWhichNobodyGreetsInTime() throws Exception {
        try (RawHttp2Upstream mute = new RawHttp2Upstream(RawHttp2Upstream.Talk::fallSilent);
                GatewayFixture gateway = GatewayFixture.start(
                        directory, mute.entry("timeouts: { connect: 300ms }, retries: { attempts: 0 }"))) {
            assertUnreachable(gateway);

            await().atMost(PATIENCE).until(() -> mute.connections() > 0 && mute.ended() == mute.connections());
        }
    }

    @Test
    void endsChecksThatNobodyGreets() throws Exception {
        try (RawHttp2Upstream mute = new RawHttp2Upstream(RawHttp2Upstream.Talk::fallSilent);
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        mute.entry("health: { active: { interval: 50ms, timeout: 200ms, unhealthy: 3 } }"))) {
            await().atMost(PATIENCE).until(() -> gateway.get("/").body().contains("\"code\":\"NO_ENDPOINT\""));

            await().atMost(PATIENCE).until(() -> mute.ended() > 2);
        }
    }

    @Test
    void opensConnectionsByTheLimitThatHoldsNow() throws Exception {
        try (NamedUpstream upstream = new NamedUpstream("named");
                GatewayFixture gateway = start(upstream.url(), "h1")) {
            for (int i = 1; i < 20; i++) {
                gateway.configure(service(upstream.url(), "h1").replace("300ms", i + "s"));
                assertThat(gateway.get("/").body()).isEqualTo("named");
            }
        }
    }

    private static void assertUnreachable(GatewayFixture gateway) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> sent = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            sent.add(CompletableFuture.supplyAsync(
                    () -> gateway.get("/"), command -> Thread.ofVirtual().start(command)));
        }
        for (CompletableFuture<HttpResponse<String>> one : sent) {
            assertThat(one.get().body()).contains("\"code\":\"UPSTREAM_UNREACHABLE\"");
        }
    }

    private GatewayFixture start(String url, String protocol) throws StartException {
        return GatewayFixture.start(directory, service(url, protocol));
    }

    private static String service(String url, String protocol) {
        return "  - { name: named, protocol: " + protocol + ", timeouts: { connect: 300ms }, retries: { attempts: 0 },"
                + " endpoints: [{ url: \"" + url + "\" }] }\nroutes: [{ name: all, service: named }]\n";
    }
}
