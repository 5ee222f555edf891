package dev.jarway.runtime;

import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large responses, many at a time on one connection, to a client whose windows have room for all of them. */
class ManyDownloadsTest {
    private static final int AT_A_TIME = 25;
    private static final int EACH = 8;
    private static final int SIZE = 1024 * 1024;
    private static final int WINDOW = 1 << 30;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private RawUpstream upstream;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        upstream = new RawUpstream(ManyDownloadsTest::serve);
        TestAuthority authority = TestAuthority.create();
        TestAuthority.write(directory, "web", authority.issue("web.example.com"));
        Files.createDirectories(directory.resolve("plugins"));
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners: [{ name: web, host: 127.0.0.1, port: 0, tls: { %s } }]
                admin: { port: 0 }
                services: [{ name: raw, endpoints: [{ url: "%s" }] }]
                routes: [{ name: raw, service: raw }]
                """.formatted(certificates("web"), upstream.url()));
        gateway = GatewayProcess.gateway(directory);
    }

    @AfterEach
    void stop() {
        vertx.close();
        gateway.close();
        upstream.close();
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
    void comeToTheirEndOverTls() throws Exception {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setSsl(true)
                .setUseAlpn(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setHttp2ConnectionWindowSize(WINDOW)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW)));

        List<Future<Integer>> chains = IntStream.range(0, AT_A_TIME)
                .mapToObj(i -> download(client, EACH))
                .toList();

        Future.all(chains).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(chains).allMatch(chain -> chain.result() == EACH * SIZE);
    }

    private Future<Integer> download(HttpClient client, int times) {
        return client.request(HttpMethod.GET, gateway.port("web"), "127.0.0.1", "/")
                .compose(request -> request.send().compose(response -> response.body()))
                .map(Buffer::length)
                .compose(length -> times == 1
                        ? Future.succeededFuture(length)
                        : download(client, times - 1).map(rest -> rest + length));
    }
}
