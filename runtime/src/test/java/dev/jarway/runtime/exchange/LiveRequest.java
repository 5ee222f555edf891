package dev.jarway.runtime.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request as a server has received it, waiting for its answer. For benchmarks, which look at it again and again. */
public final class LiveRequest implements AutoCloseable {
    /** Of a browser, to a page that it knows. */
    public static final String ORDINARY = """
            GET /service7/items/7?page=2&sort=name HTTP/1.1
            Host: www.example.com
            Connection: keep-alive
            User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0
            Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8
            Accept-Language: en-GB,en;q=0.5
            Accept-Encoding: gzip, deflate, br
            Referer: http://www.example.com/service7/items
            Cookie: session=0123456789abcdef0123456789abcdef; theme=dark
            Cache-Control: max-age=0
            If-None-Match: "33a64df551425fcc55e4d42a148795d9"

            """.replace("\n", "\r\n");

    private static final int PATIENCE_SECONDS = 10;

    private final Vertx vertx;
    private final Socket client;
    private final HttpServerRequest request;

    private LiveRequest(Vertx vertx, Socket client, HttpServerRequest request) {
        this.vertx = vertx;
        this.client = client;
        this.request = request;
    }

    /** Sends these octets to a server. */
    public static LiveRequest of(String octets) {
        Vertx vertx = Vertx.vertx();
        CompletableFuture<HttpServerRequest> received = new CompletableFuture<>();
        HttpServer server = vertx.createHttpServer().requestHandler(received::complete);
        try {
            int port = server.listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .actualPort();
            Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
            client.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
            return new LiveRequest(vertx, client, received.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (IOException | InterruptedException | ExecutionException | TimeoutException e) {
            var unused = vertx.close();
            throw new IllegalStateException("the request has not arrived", e);
        }
    }

    /** As the server has it. */
    public HttpServerRequest request() {
        return request;
    }

    /** Of the server. */
    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() throws IOException {
        client.close();
        var unused = vertx.close();
    }
}
