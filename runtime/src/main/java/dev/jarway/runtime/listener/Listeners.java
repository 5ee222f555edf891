package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.ProxyLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listeners of a gateway. A change of configuration opens those with a new address and closes those whose address is
 * gone; the others do not notice. Used by one thread at a time.
 */
public final class Listeners {
    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    /** For requests that have been ended at a deadline: close frames are answered, filters are told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    /** Between two requests on a connection, and for a client that does not go on. */
    private static final Duration CONNECTION_IDLE = Duration.ofMinutes(2);

    private final ListeningSockets sockets;
    private final EventLoops loops;
    private final IntFunction<PlanLease> leases;
    private final Duration idle;
    private volatile List<HttpListener> open = List.of();
    private int freePorts;

    /** No listeners yet. */
    public Listeners(ListeningSockets sockets, EventLoops loops, IntFunction<PlanLease> leases) {
        this(sockets, loops, leases, CONNECTION_IDLE);
    }

    /** No listeners yet; on connections nothing may move for so long, unless a service or a plugin is waited for. */
    public Listeners(ListeningSockets sockets, EventLoops loops, IntFunction<PlanLease> leases, Duration idle) {
        this.sockets = sockets;
        this.loops = loops;
        this.leases = leases;
        this.idle = idle;
    }

    /** Those that are open. */
    public List<HttpListener> open() {
        return open;
    }

    /**
     * Opens what is not open yet. Blocks until all are bound.
     *
     * @throws IOException if one cannot be bound; those opened by this call are closed again then
     */
    public void add(List<ListenerConfig> wanted) throws IOException {
        List<HttpListener> added = new ArrayList<>();
        for (ListenerConfig config : wanted) {
            if (open.stream().noneMatch(listener -> fits(listener.config(), config))) {
                try {
                    added.add(bind(config));
                } catch (IOException e) {
                    added.forEach(listener -> listener.shutdown(Duration.ZERO));
                    throw e;
                }
            }
        }
        List<HttpListener> all = new ArrayList<>(open);
        all.addAll(added);
        open = List.copyOf(all);
    }

    private HttpListener bind(ListenerConfig config) throws IOException {
        // Vert.x takes a negative port as "a free one, the same for all who ask with this number".
        int port = open.stream()
                .filter(listener -> sameAddress(listener.config(), config))
                .map(HttpListener::sharedPort)
                .findFirst()
                .orElseGet(() -> config.port() == 0 ? - ++freePorts : config.port());
        try {
            HttpListener listener = sockets.bind(
                    socketName(config),
                    () -> HttpListener.open(config, port, loops, leases, idle)
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get());
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

    /** Whether the one serves for the other. With other protocols a second one opens beside the first, which then closes. */
    private static boolean fits(ListenerConfig a, ListenerConfig b) {
        return sameAddress(a, b) && a.protocols().equals(b.protocols());
    }

    /** Two addresses have one name if they are the same, as in {@link #sameAddress}. */
    private static String socketName(ListenerConfig config) {
        return config.host() + ":" + config.port() + (config.port() == 0 ? "/" + config.name() : "");
    }

    private static boolean sameAddress(ListenerConfig a, ListenerConfig b) {
        boolean free = a.port() == 0;
        return a.host().equals(b.host())
                && a.port() == b.port()
                && (!free || a.name().equals(b.name()));
    }

    /**
     * Closes what is not wanted any more, without waiting for its last requests. These hold a snapshot that has been
     * replaced, and are ended with all others that do.
     */
    public void keepOnly(List<ListenerConfig> wanted, Duration deadline) {
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
    }

    /** Makes each answer from now on the last of its connection. */
    public void sayFarewell(Duration deadline) {
        open.forEach(listener -> listener.sayFarewell(deadline));
    }

    /** Closes all, each as soon as its requests are over. Those that are under way at the deadline are ended. */
    public Future<Void> shutdown(Duration deadline) {
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
