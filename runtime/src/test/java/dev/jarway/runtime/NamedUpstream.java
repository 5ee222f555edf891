package dev.jarway.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One endpoint of a service: it answers with its name, and can be told to fail, to let requests wait, and to be unwell. What is
 * asked at {@code /healthz} is counted apart.
 */
final class NamedUpstream implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final String name;
    private final String host;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger checks = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<HttpServerRequest> waiting = new ConcurrentLinkedQueue<>();

    private HttpServer server;
    private volatile int status = 200;
    private volatile int health = 200;
    private volatile boolean holding;
    private volatile long delayMillis;

    NamedUpstream(String name) {
        this(name, "127.0.0.1");
    }

    NamedUpstream(String name, String host) {
        this.name = name;
        this.host = host;
        this.server = listen(0);
    }

    private HttpServer listen(int port) {
        return vertx.createHttpServer()
                .connectionHandler(connection -> {
                    open.incrementAndGet();
                    connection.closeHandler(closed -> open.decrementAndGet());
                })
                .requestHandler(this::answer)
                .listen(port, host)
                .await();
    }

    private void answer(HttpServerRequest request) {
        if ("/healthz".equals(request.path())) {
            checks.incrementAndGet();
            request.response().setStatusCode(health).end();
            return;
        }
        requests.incrementAndGet();
        if (holding) {
            waiting.add(request);
        } else if (delayMillis > 0) {
            vertx.setTimer(delayMillis, late -> request.response().end(name));
        } else {
            request.response().setStatusCode(status).end(name);
        }
    }

    /** As an element of {@code endpoints}. */
    String entry() {
        return "{ url: \"" + url() + "\" }";
    }

    String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + server.actualPort();
    }

    String name() {
        return name;
    }

    /** How many requests have arrived. */
    int requests() {
        return requests.get();
    }

    /** How often it has been asked how it is. */
    int checks() {
        return checks.get();
    }

    /** How many connections are open to it. */
    int open() {
        return open.get();
    }

    /** How many requests wait for {@link #letGo}. */
    int waiting() {
        return waiting.size();
    }

    /** Answers with that status from now on. */
    void answerWith(int other) {
        status = other;
    }

    /** Answers so much later from now on. */
    void takeTime(Duration delay) {
        delayMillis = delay.toMillis();
    }

    /** Answers with that status when it is asked how it is. */
    void feel(int other) {
        health = other;
    }

    /** Lets requests wait. */
    void hold() {
        holding = true;
    }

    /** Answers what waits, and all that comes. */
    void letGo() {
        holding = false;
        for (HttpServerRequest request = waiting.poll(); request != null; request = waiting.poll()) {
            request.response().end(name);
        }
    }

    /** Does not listen any more; connections are closed. */
    void stop() {
        server.close().await();
    }

    /** Listens again where it did. */
    void comeBack() {
        server = listen(server.actualPort());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
