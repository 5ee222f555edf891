package dev.jarway.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The proof that a peer does what it is measured for: it asks the service, and where it has the five filters, all of them work. */
final class Proof {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USUAL = "127.0.0.1";
    private static final String DENIED = "127.0.66.1";

    private final Peer peer;
    private final Site site;

    private Proof(Peer peer, Site site) {
        this.peer = peer;
        this.site = site;
    }

    /** Fails with what is missing. */
    static void of(Peer peer, Site site) throws IOException, InterruptedException {
        Proof proof = new Proof(peer, site);
        HttpResponse<String> answer = proof.ask(USUAL, true);
        proof.require("answers with 200", answer.statusCode() == 200);
        List<String> sent = answer.body().lines().toList();
        if (peer.filters()) {
            proof.requireId(answer, sent);
            proof.require("counts requests", answer.headers().map().containsKey("ratelimit"));
            proof.requireTransformed(answer, sent);
            proof.require("refuses who has no key", proof.ask(USUAL, false).statusCode() == 403);
            proof.require("refuses who is denied", proof.ask(DENIED, true).statusCode() == 403);
        } else {
            proof.require("leaves requests alone", sent.contains("x-client: load"));
        }
    }

    private void requireId(HttpResponse<String> answer, List<String> sent) throws IOException {
        String id = answer.headers().firstValue("x-request-id").orElse("");
        require("gives an id", id.matches("[0-9a-f]{32}") && sent.contains("x-request-id: " + id));
    }

    private void requireTransformed(HttpResponse<String> answer, List<String> sent) throws IOException {
        require("takes the key off", sent.stream().noneMatch(field -> field.startsWith("x-api-key:")));
        require("renames the client", sent.contains("x-caller: load") && !sent.contains("x-client: load"));
        require("names itself", sent.contains("x-gateway: compare"));
        var fields = answer.headers().map();
        require("takes off what powers the service", !fields.containsKey("x-powered-by"));
        require("renames the node", List.of("one").equals(fields.get("x-served-by")) && !fields.containsKey("x-node"));
        require("forbids caches to store", List.of("no-store").equals(fields.get("cache-control")));
    }

    private void require(String what, boolean holds) throws IOException {
        if (!holds) {
            throw new IOException(peer.name() + " (expected: that it " + what + ")");
        }
    }

    private HttpResponse<String> ask(String from, boolean withFields) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + site.plain() + Upstream.FIELDS))
                .timeout(PATIENCE);
        if (withFields) {
            Load.FIELDS.forEach(request::header);
        }
        try (HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .localAddress(InetAddress.getByName(from))
                .build()) {
            return client.send(request.build(), BodyHandlers.ofString());
        }
    }
}
