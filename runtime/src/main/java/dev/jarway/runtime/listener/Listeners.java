package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.history.NotInChargeException;
import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.snapshot.NotListeningException;
import dev.jarway.runtime.tls.ListenerTls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of a gateway. A change of configuration opens those with a new address and closes those whose address is
 * gone; the others do not notice. Changed by one thread at a time; the end may come while another one opens some.
 */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    /** For requests that have been ended at a deadline: close frames are answered, filters are told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Between two looks whether a predecessor has let go of a UDP port. */
    private static final Duration HTTP3_RETRY = Duration.ofMillis(250);

    private final ListeningSockets sockets;
    private final EventLoops loops;
    private final IntFunction<PlanLease> leases;
    private final Function<String, Optional<ListenerTls>> tls;
    private volatile List<HttpListener> open = List.of();
    private boolean closed;
    private int freePorts;

    /**
     * No listeners yet.
     *
     * @param tls how the listener at that address speaks TLS
     */
    public Listeners(
            ListeningSockets sockets,
            EventLoops loops,
            IntFunction<PlanLease> leases,
            Function<String, Optional<ListenerTls>> tls) {
        this.sockets = sockets;
        this.loops = loops;
        this.leases = leases;
        this.tls = tls;
    }

    /** Those that are open. */
    public List<HttpListener> open() {
        return open;
    }

    /**
     * Opens what is not open yet. Blocks until all are bound.
     *
     * @throws NotListeningException if one cannot be bound; those opened by this call are closed again then
     * @throws NotInChargeException after {@link #shutdown}
     */
    public synchronized void add(List<ListenerConfig> wanted) throws IOException {
        if (closed) {
            throw new NotInChargeException("the gateway is stopping");
        }
        List<HttpListener> added = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            ListenerConfig config = wanted.get(i);
            if (open.stream().noneMatch(listener -> fits(listener.config(), config))) {
                try {
                    added.add(bind(config));
                } catch (IOException e) {
                    added.forEach(listener -> listener.shutdown(Duration.ZERO));
                    open.forEach(this::greet);
                    throw new NotListeningException(i, e);
                }
            }
        }
        List<HttpListener> all = new ArrayList<>(open);
        all.addAll(added);
        open = List.copyOf(all);
    }

    private HttpListener bind(ListenerConfig config) throws IOException {
        Optional<HttpListener> before = open.stream()
                .filter(listener -> sameAddress(listener.config(), config))
                .findFirst();
        // Vert.x takes a negative port as "a free one, the same for all who ask with this number".
        int port = before.map(HttpListener::sharedPort)
                .orElseGet(() -> config.port() == 0 ? - ++freePorts : config.port());
        TlsFront front =
                before.map(HttpListener::front).orElseGet(() -> new TlsFront(() -> tls.apply(config.address()), loops));
        try {
            if (before.isPresent()) {
                before.get()
                        .prepareTls()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get();
            }
            Entrance entrance = new Entrance(config, front, loops, leases);
            HttpListener listener = sockets.bind(
                    config.address(),
                    entrance::greet,
                    () -> HttpListener.open(config, port, front, loops, entrance)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get());
            if (config.spoken().contains(ListenerProtocol.H3)) {
                openHttp3(listener);
            }
            log.info("Listener {} is open on {}:{}", config.name(), config.host(), listener.port());
            return listener;
        } catch (ExecutionException e) {
            throw new IOException(
                    "listener " + config.name() + ": " + config.host() + ":" + config.port() + " cannot be bound: "
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("listener " + config.name() + ": interrupted while binding", e);
        } catch (Exception e) {
            throw new IOException("listener " + config.name() + ": " + e.getMessage(), e);
        }
    }

    private void openHttp3(HttpListener listener) throws Exception {
        if (sockets.isHeld()) {
            openHttp3Later(listener);
            return;
        }
        try {
            listener.openHttp3(loops).toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException | InterruptedException e) {
            listener.shutdown(Duration.ZERO);
            throw e;
        }
    }

    /** A predecessor has the UDP port until the last of its connections is over. Until then, clients come over TCP. */
    private void openHttp3Later(HttpListener listener) {
        Vertx vertx = loops.all().getFirst().scope().vertx();
        vertx.setTimer(HTTP3_RETRY.toMillis(), now -> {
            if (listener.isClosed()) {
                return;
            }
            if (sockets.isHeld()) {
                openHttp3Later(listener);
                return;
            }
            listener.openHttp3(loops)
                    .onSuccess(open -> log.info(
                            "Listener {} speaks HTTP/3", listener.config().name()))
                    .onFailure(failure -> {
                        log.debug(
                                "Listener {} cannot speak HTTP/3 yet",
                                listener.config().name(),
                                failure);
                        openHttp3Later(listener);
                    });
        });
    }

    /** Whether the one serves for the other. With other rules a second one opens beside the first, which then closes. */
    private static boolean fits(ListenerConfig a, ListenerConfig b) {
        return sameAddress(a, b)
                && a.spoken().equals(b.spoken())
                && a.tls().isPresent() == b.tls().isPresent()
                && a.proxyProtocol().equals(b.proxyProtocol())
                && a.forwarded().equals(b.forwarded())
                && a.paths().equals(b.paths())
                && a.headers().equals(b.headers())
                && a.limits().equals(b.limits());
    }

    private static boolean sameAddress(ListenerConfig a, ListenerConfig b) {
        return a.address().equals(b.address());
    }

    /** Has new handshakes go by the terms of TLS that are in force now. Safe from any thread. */
    public Future<Void> renewTls() {
        return Future.join(open.stream().map(HttpListener::renewTls).toList()).mapEmpty();
    }

    /**
     * Closes what is not wanted any more, without waiting for its last requests. These hold a snapshot that has been
     * replaced, and are ended with all others that do.
     */
    public synchronized void keepOnly(List<ListenerConfig> wanted, Duration deadline) {
        List<HttpListener> kept = new ArrayList<>();
        for (HttpListener listener : open) {
            if (wanted.stream().anyMatch(config -> fits(listener.config(), config))) {
                kept.add(listener);
            } else {
                log.info("Listener {} closes", listener.config().name());
                listener.shutdown(deadline.plus(LAST_WORDS));
            }
        }
        open = List.copyOf(kept);
        open.forEach(this::greet);
    }

    /** A socket has had the greeter of another one, if one was bound in vain, or not to be kept after all. */
    private void greet(HttpListener listener) {
        sockets.greet(listener.config().address(), listener.entrance()::greet);
    }

    /** Makes each answer from now on the last of its connection. */
    public void sayFarewell(Duration deadline) {
        open.forEach(listener -> listener.sayFarewell(deadline));
    }

    /**
     * Closes all, each as soon as its requests are over. Those that are under way at the deadline are ended. None is opened any
     * more: a change that is still under way would open them all again.
     */
    public synchronized Future<Void> shutdown(Duration deadline) {
        closed = true;
        List<HttpListener> closing = open;
        open = List.of();
        for (ProxyLoop loop : loops.all()) {
            Vertx vertx = loop.scope().vertx();
            loop.scope()
                    .context()
                    .runOnContext(here -> vertx.setTimer(
                            Math.max(1, deadline.toMillis()),
                            end -> loop.underWay().cutAll()));
        }
        return Future.join(closing.stream()
                        .map(listener -> listener.shutdown(deadline.plus(LAST_WORDS)))
                        .toList())
                .mapEmpty();
    }
}
