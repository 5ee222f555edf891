package dev.jarway.runtime.upstream;

import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
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
 */
public record UpstreamClient(Vertx vertx, HttpClient client) {
    private static final int CONNECTIONS_PER_ENDPOINT = 1024;

    /** Shorter than what servers commonly allow (nginx 75 s, Tomcat 60 s), so that it is the gateway that closes. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    /** A client for the calling event loop. */
    public static UpstreamClient open(Vertx vertx) {
        HttpClientConfig config = new HttpClientConfig()
                .setVersions(HttpVersion.HTTP_1_1)
                .setDecompressionEnabled(false)
                .setHttp1Config(new Http1ClientConfig().setKeepAliveTimeout(KEEP_ALIVE));
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ENDPOINT);
        return new UpstreamClient(vertx, vertx.createHttpClient(config, pool));
    }
}
