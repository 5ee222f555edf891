package dev.jarway.runtime;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that speaks HTTP/2 from its first byte, over one connection; over another once that is ended. */
final class Http2Connection implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client;
    private final int port;
    private final AtomicInteger opened = new AtomicInteger();

    Http2Connection(int port) {
        this.port = port;
        HttpClientConfig config = new HttpClientConfig()
                .setVersions(HttpVersion.HTTP_2)
                .setHttp2Config(new Http2ClientConfig().setClearTextUpgrade(false));
        client = vertx.httpClientBuilder()
                .with(config)
                .with(new PoolOptions().setHttp2MaxSize(1))
                .withConnectHandler(connection -> opened.incrementAndGet())
                .build();
    }

    /** How many connections it has had so far. */
    int opened() {
        return opened.get();
    }

    /** A request that has not been sent yet. */
    HttpClientRequest request(HttpMethod method, String path) {
        return client.request(new RequestOptions()
                        .setMethod(method)
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path))
                .await();
    }

    /** The answer to a GET, before its body. */
    HttpClientResponse begin(String path) {
        return ClientAnswers.begin(request(HttpMethod.GET, path)).await();
    }

    /** The body of the answer to a GET. */
    String get(String path) {
        return ClientAnswers.body(request(HttpMethod.GET, path)).await().toString();
    }

    /** The body of the answer to a POST. */
    String post(String path, String body) {
        return ClientAnswers.body(request(HttpMethod.POST, path), Buffer.buffer(body))
                .await()
                .toString();
    }

    @Override
    public void close() {
        client.close().await();
        vertx.close().await();
    }
}
