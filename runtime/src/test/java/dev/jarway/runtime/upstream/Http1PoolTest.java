package dev.jarway.runtime.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.exchange.HeadOctets;
import dev.jarway.runtime.exchange.Provisional;
import dev.jarway.runtime.exchange.WholeBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.HostAndPort;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which connection a request of HTTP/1 takes, and what becomes of it afterwards. */
class Http1PoolTest {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofSeconds(30);
    private static final long WAIT_SECONDS = 20;

    private final Vertx vertx = Vertx.vertx();
    private final ContextInternal context = ((VertxInternal) vertx).createEventLoopContext();
    private final AtomicLong now = new AtomicLong();
    private final List<Runnable> alarms = new ArrayList<>();
    private final BlockingQueue<HttpServerRequest> arrived = new LinkedBlockingQueue<>();
    private final BlockingQueue<HttpConnection> closed = new LinkedBlockingQueue<>();
    private final Semaphore emptied = new Semaphore(0);
    private final HttpServer server = vertx.createHttpServer()
            .connectionHandler(connection -> connection.closeHandler(end -> closed.add(connection)))
            .requestHandler(arrived::add);
    private int port;

    @BeforeEach
    void listen() throws Exception {
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(WAIT_SECONDS, TimeUnit.SECONDS)
                .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    @Test
    void usesAFreeConnectionAgain() throws Exception {
        Http1Pool pool = pool(2);

        HttpConnection first = answered(send(pool));
        HttpConnection second = answered(send(pool));

        assertThat(second).isSameAs(first);
    }

    @Test
    void opensAnotherWhileAllAreInUse() throws Exception {
        Http1Pool pool = pool(2);
        var first = send(pool);
        HttpServerRequest held = next();

        HttpConnection second = answered(send(pool));

        assertThat(second).isNotSameAs(held.connection());
        held.response().end();
        assertThat(await(first)).isEqualTo(200);
    }

    @Test
    void letsRequestsWaitForAConnectionWhereThereMayBeNoMore() throws Exception {
        Http1Pool pool = pool(1);
        var first = send(pool);
        HttpServerRequest held = next();
        var second = send(pool);
        var third = send(pool);

        held.response().end();

        assertThat(answered(second)).isSameAs(held.connection());
        assertThat(answered(third)).isSameAs(held.connection());
        assertThat(await(first)).isEqualTo(200);
    }

    @Test
    void letsThemWaitNoLongerThanForAConnectionToOpen() throws Exception {
        Http1Pool pool = pool(1);
        var first = send(pool);
        HttpServerRequest held = next();
        var second = send(pool);
        flush();

        pass(CONNECT);

        assertThatThrownBy(() -> await(second)).hasCauseInstanceOf(TimeoutException.class);
        held.response().end();
        assertThat(await(first)).isEqualTo(200);
        assertThat(answered(send(pool))).isSameAs(held.connection());
    }

    @Test
    void opensAnotherForWhoeverWaitsWhenOneBreaks() throws Exception {
        Http1Pool pool = pool(1);
        var first = send(pool);
        HttpServerRequest held = next();
        var second = send(pool);

        held.connection().close();

        assertThatThrownBy(() -> await(first)).hasMessageContaining("closed");
        assertThat(answered(second)).isNotSameAs(held.connection());
    }

    @Test
    void tellsWhoeverWaitsThatThereIsNoConnection() throws Exception {
        Http1Pool pool = pool(2);
        vertx.close().toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);

        assertThatThrownBy(() -> await(send(pool))).isNotNull();
    }

    @Test
    void closesWhatHasBeenIdleForTooLong() throws Exception {
        Http1Pool pool = pool(2);
        HttpConnection idle = answered(send(pool));
        flush();

        pass(KEPT);

        assertThat(closed.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isSameAs(idle);
        // The service may know it before the pool does: that hears of the end in a turn of its own.
        assertThat(emptied.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keepsNoneForLongerThanTheEndpointSays() throws Exception {
        Http1Pool pool = pool(2);
        var first = send(pool);
        HttpServerRequest request = next();
        request.response().putHeader("Keep-Alive", "timeout=9").end();
        await(first);

        now.addAndGet(TimeUnit.SECONDS.toNanos(8));

        assertThat(answered(send(pool))).isNotSameAs(request.connection());
        assertThat(closed.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isSameAs(request.connection());
    }

    @Test
    void usesNoneAgainThatTheEndpointEnds() throws Exception {
        Http1Pool pool = pool(2);
        var first = send(pool);
        HttpServerRequest request = next();
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE).end();
        await(first);

        assertThat(answered(send(pool))).isNotSameAs(request.connection());
    }

    @Test
    void closesThoseThatLeaveWhenTheyAreFree() throws Exception {
        Http1Pool pool = pool(2);
        var first = send(pool);
        HttpServerRequest held = next();
        HttpConnection idle = answered(send(pool));
        flush();

        context.runOnContext(turn -> pool.leave(any -> true));

        assertThat(closed.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isSameAs(idle);
        held.response().end();
        assertThat(await(first)).isEqualTo(200);
        assertThat(closed.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isSameAs(held.connection());
    }

    @Test
    void givesAConnectionOnWhenTheRequestIsGivenUpBeforeItBegins() throws Exception {
        Http1Pool pool = pool(1);
        HttpConnection first = answered(send(pool));

        context.runOnContext(turn -> pool.request(OutboundRequest::cancel, broken -> {}));

        assertThat(answered(send(pool))).isSameAs(first);
    }

    @Test
    void servesThoseWhoWaitBehindThousandsThatHaveGone() throws Exception {
        Http1Pool pool = pool(1);
        var first = send(pool);
        HttpServerRequest held = next();
        for (int i = 0; i < 10_000; i++) {
            context.runOnContext(turn -> pool.request(OutboundRequest::cancel, broken -> {}));
        }
        var last = send(pool);

        held.response().end();

        assertThat(await(first)).isEqualTo(200);
        assertThat(answered(last)).isSameAs(held.connection());
        assertThat(answered(send(pool))).isSameAs(held.connection());
    }

    @Test
    void triesAConnectionForEachWhoWaitsWhenTheEndpointHasGone() throws Exception {
        Http1Pool pool = pool(1);
        var first = send(pool);
        HttpServerRequest held = next();
        var second = send(pool);
        var third = send(pool);
        flush();

        // First it listens no more: who waits is not to be let in when the connection ends.
        var gone = server.shutdown(1, TimeUnit.HOURS);
        Awaitility.await().atMost(Duration.ofSeconds(WAIT_SECONDS)).until(this::nobodyListens);
        held.connection().close();
        gone.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);

        assertThatThrownBy(() -> await(first)).isNotNull();
        assertThatThrownBy(() -> await(second)).hasCauseInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> await(third)).hasCauseInstanceOf(ConnectException.class);
        assertThat(emptied.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isSameAs(held.connection());
    }

    @Test
    void readsOnAfterAnEarlyAnswerThatNobodyTook() throws Exception {
        Http1Pool pool = pool(2);
        CompletableFuture<OutboundRequest> upload = new CompletableFuture<>();
        CompletableFuture<InboundResponse> early = new CompletableFuture<>();
        context.runOnContext(turn -> pool.request(
                request -> {
                    request.begin(message("POST"), true, new Untaken(early));
                    request.write(Buffer.buffer("a piece"));
                    upload.complete(request);
                },
                early::completeExceptionally));
        HttpServerRequest posted = next();
        // So much that it is the very last piece of which there is too much.
        posted.response().end(Buffer.buffer(new byte[66_000]));
        InboundResponse untaken = early.get(WAIT_SECONDS, TimeUnit.SECONDS);
        for (int i = 0; i < 20; i++) {
            answered(send(pool)); // Meanwhile all of it is read.
        }

        CompletableFuture<Integer> taken = new CompletableFuture<>();
        context.runOnContext(turn -> upload.join().end(Buffer.buffer(), null));
        var next = send(pool);
        HttpServerRequest following = next();
        following.response().end();

        assertThat(await(next)).isEqualTo(200);
        assertThat(following.connection()).isSameAs(posted.connection());
        context.runOnContext(
                turn -> untaken.body().endHandler(end -> taken.complete(0)).resume());
        assertThat(await(taken)).isZero();
    }

    /** Somebody who does not take the body of what is answered. */
    private record Untaken(CompletableFuture<InboundResponse> answer) implements OutboundRequest.Listener {
        @Override
        public void provisional(Provisional response) {}

        @Override
        public void responded(InboundResponse response) {
            answer.complete(response);
        }

        @Override
        public void broken(Throwable cause, Mishap mishap) {
            answer.completeExceptionally(cause);
        }
    }

    private Http1Pool pool(int most) {
        var client = vertx.httpClientBuilder().build();
        var terms = new Http1Pool.Terms(
                client,
                context,
                new Deadlines(now::get, (millis, ring) -> alarms.add(ring)),
                now::get,
                new HeadOctets(),
                new FieldNames(),
                most,
                CONNECT,
                KEPT);
        var endpoint =
                new HttpConnectOptions().setHost("127.0.0.1").setPort(port).setProtocolVersion(HttpVersion.HTTP_1_1);
        return new Http1Pool(terms, endpoint, emptied::release);
    }

    /** Sends a request; its status, once its end is here. */
    private CompletableFuture<Integer> send(Http1Pool pool) {
        CompletableFuture<Integer> answer = new CompletableFuture<>();
        context.runOnContext(turn -> pool.request(request -> begin(request, answer), answer::completeExceptionally));
        return answer;
    }

    private void begin(OutboundRequest request, CompletableFuture<Integer> answer) {
        request.begin(message("GET"), false, new OutboundRequest.Listener() {
            @Override
            public void provisional(Provisional response) {}

            @Override
            public void responded(InboundResponse response) {
                response.body()
                        .handler(piece -> {})
                        .endHandler(end -> answer.complete(response.status()))
                        .exceptionHandler(answer::completeExceptionally)
                        .resume();
            }

            @Override
            public void broken(Throwable cause, Mishap mishap) {
                answer.completeExceptionally(cause);
            }
        });
        request.end(Buffer.buffer(), null);
    }

    private UpstreamRequest message(String method) {
        return new UpstreamRequest(
                method,
                "/",
                HostAndPort.create("127.0.0.1", port),
                HttpHeaders.headers(),
                WholeBody.empty(),
                false,
                false,
                false,
                told -> {});
    }

    /** Answers the next request, which is that one; the connection that it has come by. */
    private HttpConnection answered(CompletableFuture<Integer> answer) throws Exception {
        HttpServerRequest request = next();
        request.response().end("ok");
        assertThat(await(answer)).isEqualTo(200);
        return request.connection();
    }

    private HttpServerRequest next() throws InterruptedException {
        @Nullable HttpServerRequest request = arrived.poll(WAIT_SECONDS, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    private static int await(CompletableFuture<Integer> answer) throws Exception {
        return answer.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Whether the service's port is free for somebody else. */
    private boolean nobodyListens() throws IOException {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return other.isBound();
        } catch (BindException e) {
            return false;
        }
    }

    /** Waits for what has been begun on the event loop. */
    private void flush() throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(turn -> done.complete(null));
        done.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Lets that time go by. */
    private void pass(Duration time) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        context.runOnContext(turn -> {
            now.addAndGet(time.toNanos());
            List<Runnable> due = List.copyOf(alarms);
            alarms.clear();
            due.forEach(Runnable::run);
            done.complete(null);
        });
        done.get(WAIT_SECONDS, TimeUnit.SECONDS);
    }
}
