package dev.jarway.soak.load;

import dev.jarway.soak.measure.Attempt;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/** A small request, and the check that its answer is its own. */
final class EchoRequest {
    private EchoRequest() {}

    /** Complete when it has been answered, or has failed. */
    static Future<Void> send(HttpClient client, Setting setting, String path, Attempt attempt) {
        return client.request(setting.request(HttpMethod.GET, path))
                .compose(HttpClientRequest::send)
                .compose(response -> check(response, path, attempt))
                .otherwise(failure -> {
                    attempt.failed(failure.toString());
                    return null;
                });
    }

    private static Future<Void> check(HttpClientResponse response, String path, Attempt attempt) {
        boolean accepted = attempt.accepts(response.statusCode(), response.headers()::get);
        return response.body().map(body -> {
            if (!body.toString().equals(path)) {
                attempt.failed("body: " + body + " (expected: " + path + ")");
            } else if (accepted) {
                attempt.answered();
            }
            return null;
        });
    }
}
