package dev.jarway.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The service behind the gateway: an HTTP server that notes each request and answers what the test has said. */
final class Upstream implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<UpstreamRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Function<UpstreamRequest, UpstreamAnswer> answers = UpstreamAnswer::echo;

    private Upstream(HttpServer server) {
        this.server = server;
    }

    static Upstream start() throws IOException {
        var upstream = new Upstream(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        upstream.server.setExecutor(upstream.threads);
        upstream.server.createContext("/", upstream::serve);
        upstream.server.start();
        return upstream;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<UpstreamRequest> requests() {
        return List.copyOf(requests);
    }

    void answer(Function<UpstreamRequest, UpstreamAnswer> next) {
        answers = next;
    }

    /** As if it had just been started. */
    void reset() {
        requests.clear();
        answers = UpstreamAnswer::echo;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = UpstreamRequest.of(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
                    exchange.getRequestBody().readAllBytes());
            requests.add(request);
            send(exchange, answers.apply(request));
        }
    }

    private static void send(HttpExchange exchange, UpstreamAnswer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : answer.length());
        if (!head && answer.length() >= 0) {
            for (var piece : answer.pieces()) {
                exchange.getResponseBody().write(UpstreamAnswer.bytes(piece));
                exchange.getResponseBody().flush();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
