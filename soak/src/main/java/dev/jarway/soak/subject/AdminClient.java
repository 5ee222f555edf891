package dev.jarway.soak.subject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Jarway's admin endpoint, as an operator's script would use it. May be used by several threads. */
final class AdminClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String address;
    private final String token;

    AdminClient(String address, String token) {
        this.address = address;
        this.token = token;
    }

    /** The ETag of the configuration in force. */
    String etag() throws IOException, InterruptedException, SwapRefused {
        return send("GET", "/v1/config", BodyPublishers.noBody(), 200)
                .headers()
                .firstValue("etag")
                .orElse("");
    }

    /** Puts a configuration in force; its ETag. */
    String configure(String yaml, String ifMatch) throws IOException, InterruptedException, SwapRefused {
        HttpRequest.Builder request = request("/v1/config", "application/yaml")
                .header("If-Match", ifMatch)
                .PUT(BodyPublishers.ofString(yaml));
        return expect(request.build(), 200).headers().firstValue("etag").orElse("");
    }

    /** Tries out the configuration in force. It waits its turn behind every change that was begun before. */
    void tryOut(String yaml) throws IOException, InterruptedException, SwapRefused {
        HttpRequest.Builder request =
                request("/v1/config?dryRun=true", "application/yaml").PUT(BodyPublishers.ofString(yaml));
        expect(request.build(), 200);
    }

    /** Installs a plugin. */
    void install(byte[] jar) throws IOException, InterruptedException, SwapRefused {
        expect(
                request("/v1/plugins", "application/java-archive")
                        .POST(BodyPublishers.ofByteArray(jar))
                        .build(),
                201);
    }

    /** Removes a plugin that is not used any more. */
    void remove(String id, String version) throws IOException, InterruptedException, SwapRefused {
        send("DELETE", "/v1/plugins/" + id + "/" + version, BodyPublishers.noBody(), 204);
    }

    /** What there is of a plugin, as JSON. */
    String plugin(String id) throws IOException, InterruptedException, SwapRefused {
        return send("GET", "/v1/plugins/" + id, BodyPublishers.noBody(), 200).body();
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body, int expected)
            throws IOException, InterruptedException, SwapRefused {
        return expect(request(path, "application/json").method(method, body).build(), expected);
    }

    private HttpRequest.Builder request(String path, String contentType) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType);
    }

    private HttpResponse<String> expect(HttpRequest request, int status)
            throws IOException, InterruptedException, SwapRefused {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() != status) {
            throw new SwapRefused(request.method() + " " + request.uri() + ": " + response.statusCode() + " (expected: "
                    + status + ") " + response.body());
        }
        return response;
    }

    @Override
    public void close() {
        client.close();
    }
}
