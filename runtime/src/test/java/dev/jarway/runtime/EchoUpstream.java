package dev.jarway.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A service that answers with the request's body, or with its path where there is none, and remembers what it saw. */
final class EchoUpstream implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();

    /** A request as it arrived. */
    record Seen(String method, String target, Map<String, String> headers, String body) {}

    private EchoUpstream(HttpServer server) {
        this.server = server;
    }

    static EchoUpstream start() {
        try {
            EchoUpstream upstream =
                    new EchoUpstream(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            upstream.server.setExecutor(upstream.threads);
            upstream.server.createContext("/", upstream::answer);
            upstream.server.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** What has arrived, oldest first. */
    Queue<Seen> seen() {
        return seen;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        String target = exchange.getRequestURI().toString();
        seen.add(new Seen(exchange.getRequestMethod(), target, headers, body));
        byte[] answer = (body.isEmpty() ? target : body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("x-upstream", "echo");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(200, head ? -1 : answer.length);
        try (exchange) {
            if (!head) {
                exchange.getResponseBody().write(answer);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
