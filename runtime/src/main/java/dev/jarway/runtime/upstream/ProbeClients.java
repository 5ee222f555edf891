package dev.jarway.runtime.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The clients by which endpoints are asked how they are, one for each time that a check may take: what has not been connected by
 * then, the client itself gives up. Those that have not been used for a while are closed. Safe from any thread.
 */
final class ProbeClients {
    /** Of one endpoint, by different services. */
    private static final int CHECKS_AT_ONCE = 1000;

    /** Longer than the usual interval of checks, so that a client serves many of them. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Vertx vertx;
    private final LongSupplier nanoTime;

    /** Guarded by this. */
    private final Map<Duration, Caller> callers = new HashMap<>();

    ProbeClients(Vertx vertx, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.nanoTime = nanoTime;
    }

    /** A client, and who uses it. */
    static final class Caller {
        private final HttpClient client;
        private int checks;
        private long usedAt;

        private Caller(HttpClient client) {
            this.client = client;
        }

        HttpClient client() {
            return client;
        }
    }

    /** The one for a check that may take that time; it has to be given back when the check is over. */
    synchronized Caller take(Duration within) {
        long now = nanoTime.getAsLong();
        callers.values().removeIf(caller -> closeIfUnused(caller, now));
        Caller caller = callers.computeIfAbsent(within, this::open);
        caller.checks++;
        return caller;
    }

    synchronized void giveBack(Caller caller) {
        caller.checks--;
        caller.usedAt = nanoTime.getAsLong();
    }

    /** How many there are. */
    synchronized int size() {
        return callers.size();
    }

    private static boolean closeIfUnused(Caller caller, long now) {
        boolean idle = caller.checks == 0 && now - caller.usedAt > KEPT.toNanos();
        if (idle) {
            var unused = caller.client.close();
        }
        return idle;
    }

    private Caller open(Duration within) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientConfig()
                        .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                        .setConnectTimeout(Dialer.atMost(within))
                        .setHttp2Config(new Http2ClientConfig()
                                .setClearTextUpgrade(false)
                                .setMultiplexingLimit(1)) // It is closed when the verdict is there.
                        .setHttp1Config(new Http1ClientConfig().setKeepAlive(false)),
                new PoolOptions().setHttp1MaxSize(CHECKS_AT_ONCE).setHttp2MaxSize(CHECKS_AT_ONCE));
        return new Caller(client);
    }
}
