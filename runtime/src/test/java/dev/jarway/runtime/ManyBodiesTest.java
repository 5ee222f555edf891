package dev.jarway.runtime;

import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large bodies, many at a time on one connection of HTTP/2 with TLS, to somebody whose windows have room for all of them. */
class ManyBodiesTest {
    private static final int AT_A_TIME = 25;
    private static final int EACH = 8;
    private static final int SIZE = 1024 * 1024;
    private static final int WINDOW = 1 << 30;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Http2Settings wide = new Http2Settings().setInitialWindowSize(WINDOW);
    private RawUpstream downloads;
    private HttpServer uploads;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestAuthority.write(directory, "web", authority.issue("web.example.com"));
        downloads = new RawUpstream(ManyBodiesTest::serve);
        uploads = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertPath(directory.resolve("web.crt").toString())
                                .addKeyPath(directory.resolve("web.key").toString()))
                        .setHttp2ConnectionWindowSize(WINDOW)
                        .setInitialSettings(wide))
                .requestHandler(request ->
                        request.body().onSuccess(body -> request.response().end(String.valueOf(body.length()))))
                .listen(0, "127.0.0.1")
                .await();
        Files.createDirectories(directory.resolve("plugins"));
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners:
                  - { name: web, host: 127.0.0.1, port: 0, tls: { %s } }
                  - { name: plain, host: 127.0.0.1, port: 0 }
                admin: { port: 0 }
                services:
                  - { name: downloads, endpoints: [{ url: "%s" }] }
                  - { name: uploads, protocol: h2, tls: { verify: false }, timeouts: { connect: 10s }, endpoints: [{ url: "https://127.0.0.1:%d" }] }
                routes:
                  - { name: downloads, service: downloads, match: { path: /down } }
                  - { name: uploads, service: uploads, match: { path: /up } }
                """.formatted(
                        certificates("web"), downloads.url(), uploads.actualPort()));
        gateway = GatewayProcess.gateway(directory);
    }

    @AfterEach
    void stop() {
        vertx.close();
        gateway.close();
        downloads.close();
    }

    private static void serve(RawUpstream.Talk talk) throws Exception {
        byte[] piece = new byte[64 * 1024];
        while (true) {
            talk.head();
            talk.send("HTTP/1.1 200 OK\r\ncontent-length: " + SIZE + "\r\n\r\n");
            for (int sent = 0; sent < SIZE; sent += piece.length) {
                talk.socket().getOutputStream().write(piece);
            }
        }
    }

    @Test
    void comeToTheClient() throws Exception {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setHttp2ConnectionWindowSize(WINDOW)
                .setInitialSettings(wide));

        assertAllArrive(() -> client.request(HttpMethod.GET, gateway.port("web"), "127.0.0.1", "/down")
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::body)
                .map(Buffer::length));
    }

    @Test
    void comeToTheService() throws Exception {
        HttpClient client = vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(AT_A_TIME));
        Buffer body = Buffer.buffer(new byte[SIZE]);

        assertAllArrive(() -> client.request(HttpMethod.POST, gateway.port("plain"), "127.0.0.1", "/up")
                .compose(request -> request.send(body))
                .compose(HttpClientResponse::body)
                .map(length -> Integer.parseInt(length.toString())));
    }

    private static void assertAllArrive(Supplier<Future<Integer>> one) throws Exception {
        List<Future<Integer>> chains =
                IntStream.range(0, AT_A_TIME).mapToObj(i -> chain(one, EACH)).toList();

        Future.all(chains).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(chains).allMatch(chain -> chain.result() == EACH * SIZE);
    }

    /** That many, one after the other, and what they bring. */
    private static Future<Integer> chain(Supplier<Future<Integer>> one, int times) {
        return one.get()
                .compose(length -> times == 1
                        ? Future.succeededFuture(length)
                        : chain(one, times - 1).map(rest -> rest + length));
    }
}
