package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.HeadOctets;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.impl.UnpooledHttpClientConnection;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The connections of HTTP/1 that one event loop has to one endpoint, and the requests that wait for one. The one that was used last is
 * used next, so that those that are not needed grow old. Belongs to that event loop.
 */
final class Http1Pool {
    private final Terms terms;
    private final HttpConnectOptions endpoint;
    private final Runnable emptied;
    private final Set<Http1Connection> open = new HashSet<>();
    private final Deque<Http1Connection> idle = new ArrayDeque<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int opening;
    private boolean sweeping;
    private boolean serving;

    /**
     * What all pools of an event loop have in common.
     *
     * @param most how many connections a pool may have
     * @param connect how long a request may wait for one
     * @param kept how long a connection may be idle
     */
    record Terms(
            HttpClientAgent client,
            ContextInternal context,
            Deadlines deadlines,
            LongSupplier nanoTime,
            HeadOctets octets,
            FieldNames names,
            int most,
            Duration connect,
            Duration kept) {}

    private static final class Waiting {
        private final Consumer<OutboundRequest> ready;
        private final Consumer<Throwable> failed;
        private Deadlines.@Nullable Deadline deadline;

        Waiting(Consumer<OutboundRequest> ready, Consumer<Throwable> failed) {
            this.ready = ready;
            this.failed = failed;
        }

        void lift() {
            if (deadline != null) {
                deadline.lift();
            }
        }
    }

    /**
     * One without connections.
     *
     * @param emptied runs whenever it has none any more, and nobody waits for one
     */
    Http1Pool(Terms terms, HttpConnectOptions endpoint, Runnable emptied) {
        this.terms = terms;
        this.endpoint = endpoint;
        this.emptied = emptied;
    }

    ContextInternal context() {
        return terms.context();
    }

    FieldNames names() {
        return terms.names();
    }

    HeadOctets octets() {
        return terms.octets();
    }

    long now() {
        return terms.nanoTime().getAsLong();
    }

    Duration kept() {
        return terms.kept();
    }

    /** Whether it has no connection, and nobody waits for one. */
    boolean isEmpty() {
        return open.isEmpty() && opening == 0 && waiting.isEmpty();
    }

    /** Begins a request, at once if a connection is idle. One of both is told, once. */
    void request(Consumer<OutboundRequest> ready, Consumer<Throwable> failed) {
        Http1Connection free = takeIdle();
        if (free != null) {
            ready.accept(free.request());
            return;
        }
        Waiting one = new Waiting(ready, failed);
        waiting.add(one);
        one.deadline = terms.deadlines().set(terms.connect(), () -> late(one));
        serve();
    }

    private @Nullable Http1Connection takeIdle() {
        for (Http1Connection last = idle.pollLast(); last != null; last = idle.pollLast()) {
            if (!last.isExpired(now()) && last.isActive()) {
                return last;
            }
            last.close();
        }
        return null;
    }

    private void late(Waiting one) {
        waiting.remove(one);
        String what = open.size() < terms.most()
                ? "no connection was open"
                : "all " + terms.most() + " connections are in use, and none was free";
        one.failed.accept(
                new TimeoutException(what + " within " + terms.connect().toMillis() + " ms"));
        tellIfEmpty();
    }

    /**
     * Gives those who wait the connections that are free, and opens as many more as are waited for and there may be. Whoever waits no
     * longer gives his back at once, and a connection may fail at once, thousands of times: so it is a loop, and not called by itself.
     */
    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            while (!waiting.isEmpty()) {
                Http1Connection free = takeIdle();
                if (free != null) {
                    Waiting first = waiting.remove();
                    first.lift();
                    first.ready.accept(free.request());
                } else if (waiting.size() > opening && open.size() + opening < terms.most()) {
                    opening++;
                    terms.client().connect(endpoint).onComplete(this::opened, this::failed);
                } else {
                    return;
                }
            }
        } finally {
            serving = false;
        }
    }

    private void opened(HttpClientConnection connection) {
        Http1Connection one = Http1Connection.on(((UnpooledHttpClientConnection) connection).unwrap(), this);
        if (!one.isActive()) {
            failed(new HttpClosedException("Connection was closed"));
            return;
        }
        opening--;
        open.add(one);
        one.rest();
    }

    private void failed(Throwable cause) {
        opening--;
        Waiting first = waiting.poll();
        if (first != null) {
            first.lift();
            first.failed.accept(cause);
        }
        serve();
        tellIfEmpty();
    }

    /** A connection is free: for the first who waits, or to be idle. */
    void giveBack(Http1Connection connection) {
        idle.add(connection);
        serve();
        if (!idle.isEmpty() && !sweeping) {
            sweepIn(terms.kept());
        }
    }

    /** A connection is no more. */
    void closed(Http1Connection connection) {
        if (open.remove(connection)) {
            idle.remove(connection);
            serve();
            tellIfEmpty();
        }
    }

    private void tellIfEmpty() {
        if (isEmpty()) {
            emptied.run();
        }
    }

    private void sweepIn(Duration time) {
        sweeping = true;
        terms.deadlines().set(time, this::sweep);
    }

    /** Closes what has been idle for too long. */
    private void sweep() {
        sweeping = false;
        long now = now();
        List<Http1Connection> expired = new ArrayList<>(idle);
        expired.removeIf(connection -> !connection.isExpired(now));
        idle.removeAll(expired);
        expired.forEach(Http1Connection::close);
        if (!idle.isEmpty()) {
            sweepIn(terms.kept().dividedBy(10));
        }
    }

    /** Closes those connections: the idle ones at once, the others when they are free. */
    void leave(Predicate<Http1Connection> which) {
        List.copyOf(open).stream().filter(which).forEach(connection -> {
            idle.remove(connection);
            connection.leave();
        });
    }
}
