package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.admission.ResponseGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;

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

    private final HttpClient client;
    private final OpenConnections connections;
    private int asking;

    private Dialer(HttpClient client, OpenConnections connections) {
        this.client = client;
        this.connections = connections;
    }

    /** One for the calling event loop. */
    static Dialer open(Vertx vertx, Duration connect) {
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
        HttpClient client = vertx.httpClientBuilder()
                .with(config)
                .with(pool)
                .withConnectHandler(connections::opened)
                .build();
        return new Dialer(client, connections);
    }

    /** A time to connect in, as far as it can be kept. */
    static Duration atMost(Duration connect) {
        return connect.compareTo(LONGEST) < 0 ? connect : LONGEST;
    }

    /** A request on a connection that is open, or will be. */
    Future<HttpClientRequest> request(RequestOptions options) {
        asking++;
        return client.request(options).onComplete(done -> asking--);
    }

    /** Those that are open. */
    OpenConnections connections() {
        return connections;
    }

    /** Closes it if it has no connection and nobody waits for one, and says whether that is so. */
    boolean closeIfUnused() {
        boolean free = asking == 0 && connections.isEmpty();
        if (free) {
            var unused = client.close();
        }
        return free;
    }
}
