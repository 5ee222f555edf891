package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.ResponseGuard;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;

/**
 * The connections of one event loop to all endpoints. It outlives snapshots, so that a swap opens no connection anew.
 *
 * @param vertx for its timers
 * @param client for requests from that event loop alone
 * @param connections those that are open
 */
public record UpstreamClient(Vertx vertx, HttpClient client, OpenConnections connections) {
    private static final int CONNECTIONS_PER_ENDPOINT = 1024;

    /** Shorter than what servers commonly allow (nginx 75 s, Tomcat 60 s), so that it is the gateway that closes. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** Of HTTP/2; each carries as many requests as the endpoint allows. */
    private static final int HTTP2_CONNECTIONS_PER_ENDPOINT = 8;

    /** A client for the calling event loop. */
    public static UpstreamClient open(Vertx vertx) {
        HttpClientConfig config = new HttpClientConfig()
                .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                .setDecompressionEnabled(false)
                .setHttp1Config(new Http1ClientConfig()
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
        return new UpstreamClient(vertx, client, connections);
    }
}
