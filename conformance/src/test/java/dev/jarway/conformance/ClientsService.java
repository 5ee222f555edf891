package dev.jarway.conformance;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/**
 * A service with something for every client: {@code /hello}, {@code /large} (whole or a range of it), {@code /compressed},
 * {@code /trailers}, {@code /stream} of a length that nobody knows, and {@code /upload}, which answers with what it was sent.
 */
final class ClientsService implements AutoCloseable {
    /** What {@code /large} answers with. */
    static final byte[] LARGE = noise(6 << 20);

    /** What {@code /compressed} answers with, in gzip to those who accept that. */
    static final String TEXT = "The same words again and again. ".repeat(1000);

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d+)");

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, MultiMap> seen = new ConcurrentHashMap<>();
    private final Map<String, Integer> stamps = new ConcurrentHashMap<>();

    private ClientsService() {
        HttpServerOptions options =
                new HttpServerOptions().setHandle100ContinueAutomatically(true).setCompressionSupported(false);
        server = vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .await();
    }

    static ClientsService start() {
        return new ClientsService();
    }

    int port() {
        return server.actualPort();
    }

    /** The fields of the last request for that path. */
    MultiMap seen(String path) {
        return seen.getOrDefault(path, MultiMap.caseInsensitiveMultiMap());
    }

    /** How many requests have come with which version's stamp. */
    Map<String, Integer> stamps() {
        return Map.copyOf(stamps);
    }

    private void answer(HttpServerRequest request) {
        seen.put(request.path(), request.headers());
        stamps.merge(String.valueOf(request.getHeader("x-stamp")), 1, Integer::sum);
        HttpServerResponse response = request.response();
        switch (String.valueOf(request.path())) {
            case "/hello" -> hello(response);
            case "/large" -> large(request);
            case "/compressed" -> compressed(request);
            case "/trailers" -> trailing(response);
            case "/stream" -> stream(response);
            case "/upload" -> upload(request);
            default -> response.setStatusCode(404).end();
        }
    }

    private static void hello(HttpServerResponse response) {
        // Vert.x says no length of its own accord where it is asked for the head alone.
        response.putHeader("etag", "\"hello\"").putHeader("content-length", "6").end("hello\n");
    }

    private static void large(HttpServerRequest request) {
        HttpServerResponse response = request.response().putHeader("accept-ranges", "bytes");
        Matcher range = RANGE.matcher(request.headers().get("range") == null ? "" : request.getHeader("range"));
        if (!range.matches()) {
            response.end(Buffer.buffer(LARGE));
            return;
        }
        int first = Integer.parseInt(range.group(1));
        int last = Integer.parseInt(range.group(2));
        response.setStatusCode(206)
                .putHeader("content-range", "bytes " + first + "-" + last + "/" + LARGE.length)
                .end(Buffer.buffer(LARGE).slice(first, last + 1));
    }

    private static void compressed(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        if (String.valueOf(request.getHeader("accept-encoding")).contains("gzip")) {
            response.putHeader("content-encoding", "gzip").end(Buffer.buffer(gzip(TEXT)));
        } else {
            response.end(TEXT);
        }
    }

    private static void trailing(HttpServerResponse response) {
        response.putHeader("trailer", "x-checksum").setChunked(true).write("a body");
        response.putTrailer("x-checksum", "7").end();
    }

    private static void stream(HttpServerResponse response) {
        response.setChunked(true).write("one ");
        response.write("two ");
        response.end("three");
    }

    private static void upload(HttpServerRequest request) {
        var unused = request.body().compose(body -> request.response().end(receipt(body.getBytes())));
    }

    /** What {@code /upload} answers if it gets this. */
    static String receipt(byte[] body) {
        CRC32 sum = new CRC32();
        sum.update(body);
        return "bytes: " + body.length + ", crc: " + sum.getValue() + "\n";
    }

    /** Bytes that cannot be compressed, the same each time. */
    static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(7).nextBytes(noise);
        return noise;
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
