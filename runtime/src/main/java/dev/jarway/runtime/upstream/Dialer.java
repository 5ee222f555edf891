package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.admission.ResponseGuard;
import dev.jarway.runtime.balance.Attempt;
import dev.jarway.runtime.balance.EndpointAddress;
import dev.jarway.runtime.exchange.HeadOctets;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client whose connections have to be open within a certain time. With Vert.x a request only ceases to wait then, and what it
 * waited for keeps its place in the pool until the client itself gives it up: so that has to be in the same time. Belongs to one
 * event loop.
 */
final class Dialer {
    private static final int CONNECTIONS_PER_ENDPOINT = 1024;

    /** Shorter than what servers commonly allow (nginx 75 s, Tomcat 60 s), so that it is the gateway that closes. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** Of HTTP/2; each carries as many requests as the endpoint allows. */
    private static final int HTTP2_CONNECTIONS_PER_ENDPOINT = 8;

    /** The most that Netty can count. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private final HttpClientAgent client;
    private final OpenConnections connections;
    private final Map<SocketAddress, Http1Pool> pools = new HashMap<>();
    private final Http1Pool.Terms terms;
    private int asking;

    private Dialer(HttpClientAgent client, OpenConnections connections, Http1Pool.Terms terms) {
        this.client = client;
        this.connections = connections;
        this.terms = terms;
    }

    /** One for the calling event loop. */
    static Dialer open(VertxInternal vertx, Deadlines deadlines, Duration connect) {
        HttpClientConfig config = new HttpClientConfig()
                .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                .setConnectTimeout(atMost(connect))
                .setDecompressionEnabled(false)
                .setHttp1Config(new Http1ClientConfig()
                        .setMaxChunkSize(ReadTurn.MOST_OF_BODY)
                        .setKeepAliveTimeout(KEEP_ALIVE)
                        .setMaxInitialLineLength(2 * ResponseGuard.LIMITS.requestLine())
                        .setMaxHeaderSize(2 * ResponseGuard.LIMITS.headers()))
                .setHttp2Config(new Http2ClientConfig()
                        .setClearTextUpgrade(false)
                        .setKeepAliveTimeout(KEEP_ALIVE)
                        .setInitialSettings(new Http2Settings()
                                .setPushEnabled(false)
                                .setMaxHeaderListSize(2L * ResponseGuard.LIMITS.headers())));
        PoolOptions pool = new PoolOptions()
                .setHttp1MaxSize(CONNECTIONS_PER_ENDPOINT)
                .setHttp2MaxSize(HTTP2_CONNECTIONS_PER_ENDPOINT);
        OpenConnections connections = new OpenConnections();
        HttpClientAgent client = vertx.httpClientBuilder()
                .with(config)
                .with(pool)
                .withConnectHandler(connections::opened)
                .build();
        Http1Pool.Terms terms = new Http1Pool.Terms(
                client,
                vertx.getOrCreateContext().unwrap(),
                deadlines,
                System::nanoTime,
                new HeadOctets(),
                new FieldNames(),
                CONNECTIONS_PER_ENDPOINT,
                atMost(connect),
                KEEP_ALIVE);
        return new Dialer(client, connections, terms);
    }

    /** A time to connect in, as far as it can be kept. */
    static Duration atMost(Duration connect) {
        return connect.compareTo(LONGEST) < 0 ? connect : LONGEST;
    }

    /**
     * Begins a request on a connection that is open, or will be. One of both is told, once.
     *
     * @param ready is given the request, which is to begin
     */
    void request(
            Attempt attempt, UpstreamRequest message, Consumer<OutboundRequest> ready, Consumer<Throwable> failed) {
        if (!message.webSocket() && attempt.dialect().isPlainHttp1(attempt.live())) {
            pool(attempt).request(ready, failed);
            return;
        }
        RequestOptions options = attempt.dialect()
                .to(attempt.live(), !message.webSocket())
                .setMethod(HttpMethod.valueOf(message.method()))
                .setURI(message.target());
        asking++;
        client.request(options)
                .onComplete(done -> asking--)
                .onComplete(request -> ready.accept(new VertxRequest(request, connections)), failed::accept);
    }

    private Http1Pool pool(Attempt attempt) {
        Http1Pool known = pools.get(attempt.live().socket());
        if (known != null) {
            return known;
        }
        SocketAddress endpoint = attempt.live().socket();
        Http1Pool another =
                new Http1Pool(terms, attempt.dialect().to(attempt.live(), false), () -> pools.remove(endpoint));
        pools.put(endpoint, another);
        return another;
    }

    /** Closes the connections to an endpoint: those that are idle at once, the others when they are given back. */
    void leave(EndpointAddress address) {
        connections.leave(address);
        List.copyOf(pools.values())
                .forEach(
                        pool -> pool.leave(connection -> OpenConnections.leadsTo(connection.remoteAddress(), address)));
    }

    /** Closes it if it has no connection and nobody waits for one, and says whether that is so. */
    boolean closeIfUnused() {
        boolean free = asking == 0 && connections.isEmpty() && pools.isEmpty();
        if (free) {
            var unused = client.close();
        }
        return free;
    }
}
