package dev.jarway.runtime.host;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostCallOutsTest {
    private static final int MEBIBYTE = 1024 * 1024;
    private static final ScriptedServer.Script SILENT = out -> {};

    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void hasAClientOnceThereIsAPlugin() {
        assertThat(host.services.hasClient()).isFalse();

        host.context();

        assertThat(host.services.hasClient()).isTrue();
    }

    @Test
    void bringsTheWholeResponse() throws Exception {
        try (var server = new ScriptedServer(out -> out.write(ScriptedServer.ok("hello")))) {
            var response = send(request(server.uri("/whoami")).build());

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(new String(response.body(), UTF_8)).isEqualTo("hello");
            assertThat(server.heads).singleElement().asString().startsWith("GET /whoami HTTP/1.1\n");
        }
    }

    @Test
    void asksForNoUpgradeUnlessThePluginDoes() throws Exception {
        try (var server = new ScriptedServer(out -> out.write(ScriptedServer.ok("hello")))) {
            send(request(server.uri("/1")).build());
            send(request(server.uri("/2")).version(HttpClient.Version.HTTP_2).build());

            assertThat(server.heads.get(0)).doesNotContainIgnoringCase("upgrade");
            assertThat(server.heads.get(1)).containsIgnoringCase("upgrade: h2c");
        }
    }

    @Test
    void followsNoRedirect() throws Exception {
        try (var server = new ScriptedServer(out -> out.write(
                "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n".getBytes(ISO_8859_1)))) {
            assertThat(send(request(server.uri("/")).build()).statusCode()).isEqualTo(302);
            assertThat(server.heads).hasSize(1);
        }
    }

    @Test
    void givesUpAfterHalfASecondIfNothingElseIsSaid() throws Exception {
        try (var server = new ScriptedServer(SILENT)) {
            var uri = URI.create(server.uri("/slow") + "?token=s3cret");

            assertThatThrownBy(() -> send(HttpRequest.newBuilder(uri).build()))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(HttpTimeoutException.class)
                    .hasMessage("GET " + server.uri("/slow") + ": no complete response within 500 ms");
        }
    }

    @Test
    void keepsToTheTimeOfTheRequest() throws Exception {
        try (var server = new ScriptedServer(SILENT)) {
            var request =
                    request(server.uri("/")).timeout(Duration.ofMillis(30)).build();

            assertThatThrownBy(() -> send(request)).hasCauseInstanceOf(HttpTimeoutException.class);
            assertThat(server.clientLeft.await(20, SECONDS)).isTrue();
        }
    }

    @Test
    void countsTheBodyIntoTheTime() throws Exception {
        try (var server = new ScriptedServer(out -> {
            out.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbegun".getBytes(ISO_8859_1));
            out.flush();
        })) {
            var request =
                    request(server.uri("/")).timeout(Duration.ofMillis(300)).build();

            assertThatThrownBy(() -> send(request)).hasCauseInstanceOf(HttpTimeoutException.class);
            assertThat(server.clientLeft.await(20, SECONDS)).isTrue();
        }
    }

    @Test
    void takesAResponseOfOneMebibyteAndNoByteMore() throws Exception {
        try (var server = new ScriptedServer(out -> out.write(ScriptedServer.ok("x".repeat(MEBIBYTE))))) {
            assertThat(send(request(server.uri("/")).build()).body()).hasSize(MEBIBYTE);
        }
        try (var server = new ScriptedServer(out -> out.write(ScriptedServer.ok("x".repeat(MEBIBYTE + 1))))) {
            assertThatThrownBy(() -> send(request(server.uri("/")).build()))
                    .cause()
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("response body: over 1048576 bytes");
        }
    }

    @Test
    void readsNoFurtherThanTheLimit() throws Exception {
        var written = new AtomicLong();
        try (var server = new ScriptedServer(out -> {
            out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(ISO_8859_1));
            while (true) {
                out.write(new byte[64 * 1024]);
                written.addAndGet(64 * 1024);
            }
        })) {
            assertThatThrownBy(() -> send(request(server.uri("/")).build()))
                    .cause()
                    .hasMessageContaining("over 1048576 bytes");
            assertThat(server.clientLeft.await(20, SECONDS)).isTrue();
            // What the sockets of both sides take in between comes on top.
            assertThat(written.get()).isLessThan(64L * MEBIBYTE);
        }
    }

    @Test
    void failsIfNobodyIsThere() throws Exception {
        URI nobody;
        try (var server = new ScriptedServer(out -> {})) {
            nobody = server.uri("/");
        }
        assertThatThrownBy(() -> send(request(nobody).build())).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void failsIfTheResponseBreaksOff() throws Exception {
        try (var server = new ScriptedServer(out -> {
            out.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nbegun".getBytes(ISO_8859_1));
            out.close();
        })) {
            assertThatThrownBy(() -> send(request(server.uri("/")).build())).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void failsWhatIsUnderWayAtCloseAndLeavesNothingBehind() throws Exception {
        try (var server = new ScriptedServer(SILENT)) {
            var context = host.context();
            var stages = List.of(
                    context.http().send(request(server.uri("/1")).build()),
                    context.http().send(request(server.uri("/2")).build()));
            await().until(() -> server.heads.size() == 2);

            context.close();

            assertThat(stages)
                    .allSatisfy(stage -> assertThat(stage.toCompletableFuture())
                            .isCompletedExceptionally()
                            .failsWithin(Duration.ZERO)
                            .withThrowableOfType(ExecutionException.class)
                            .havingCause()
                            .isInstanceOf(IOException.class)
                            .withMessage("plugin mock@1.0.0#1: closed during a call-out"));
            assertThat(server.clientLeft.await(20, SECONDS)).isTrue();
            assertThat(((ScheduledThreadPoolExecutor) host.services.timer()).getQueue())
                    .isEmpty();
        }
    }

    @Test
    void leavesOtherPluginsCallsAloneAtClose() throws Exception {
        var go = new CountDownLatch(1);
        try (var server = new ScriptedServer(out -> {
            awaitOpen(go);
            out.write(ScriptedServer.ok("hello"));
        })) {
            var closing = host.context("closing", 1);
            var failing = closing.http().send(request(server.uri("/1")).build());
            var going = host.context("going", 2)
                    .http()
                    .send(request(server.uri("/2")).build());
            await().until(() -> server.heads.size() == 2);

            closing.close();
            go.countDown();

            assertThat(failing.toCompletableFuture()).isCompletedExceptionally();
            assertThat(going.toCompletableFuture().get(20, SECONDS).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void runsCallbacksAndBodiesWithThePluginsClassLoader() throws Exception {
        // What is attached to a call that is over already would run at once, on this thread.
        var attached = new CountDownLatch(1);
        try (var loader = new URLClassLoader("guest", new URL[0], null);
                var server = new ScriptedServer(out -> {
                    awaitOpen(attached);
                    out.write(ScriptedServer.ok("hello"));
                })) {
            var seen = new CopyOnWriteArrayList<ClassLoader>();
            var body = BodyPublishers.ofInputStream(() -> {
                seen.add(Thread.currentThread().getContextClassLoader());
                return new ByteArrayInputStream(new byte[0]);
            });
            var done = new CompletableFuture<Boolean>();

            host.context("mock", 1, loader)
                    .http()
                    .send(request(server.uri("/")).POST(body).build())
                    .thenRun(() -> seen.add(Thread.currentThread().getContextClassLoader()))
                    .whenComplete((nothing, thrown) -> done.complete(thrown == null));
            attached.countDown();

            assertThat(done.get(20, SECONDS)).isTrue();
            assertThat(seen).containsExactly(loader, loader);
        }
    }

    @Test
    void doesNotLetAPluginAnswerForTheServer() throws Exception {
        try (var server = new ScriptedServer(out -> out.write(ScriptedServer.ok("hello")))) {
            var stage = host.context().http().send(request(server.uri("/")).build());

            stage.toCompletableFuture().cancel(true);

            assertThat(stage.toCompletableFuture().get(20, SECONDS).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void forgetsCallsThatAreOver() throws Exception {
        try (var server = new ScriptedServer(out -> out.write(ScriptedServer.ok("hello")))) {
            for (int i = 0; i < 20; i++) {
                send(request(server.uri("/")).build());
            }
            await().until(() -> ((ScheduledThreadPoolExecutor) host.services.timer())
                    .getQueue()
                    .isEmpty());
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws Exception {
        return host.context().http().send(request).toCompletableFuture().get(20, SECONDS);
    }

    private static void awaitOpen(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // Long enough for a busy machine.
    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20));
    }
}
