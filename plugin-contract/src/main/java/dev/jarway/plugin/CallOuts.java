package dev.jarway.plugin;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletionStage;

/**
 * Calls from a plugin to other HTTP services, in the JDK's own words.
 *
 * <pre>{@code
 * var ask = HttpRequest.newBuilder(URI.create("http://users.internal/whoami"))
 *     .timeout(Duration.ofMillis(200))
 *     .header("authorization", token)
 *     .build();
 * return Action.await(context.http().send(ask), reply ->
 *     reply.statusCode() == 200 ? Action.proceed() : Action.respond(FORBIDDEN));
 * }</pre>
 */
public interface CallOuts {

    /**
     * Sends the request, without holding a thread.
     *
     * <p>The stage fails with an {@link java.io.IOException} if there is no complete response, with its subclass
     * {@link java.net.http.HttpTimeoutException} after the request's {@code timeout} (500 ms where it has none), and when the
     * plugin closes. Responses over 1 MiB fail too. Redirects are not followed. The stage's own callbacks run on a thread of
     * the gateway's choice; to touch the exchange, use {@link Action#await(CompletionStage, java.util.function.Function)}.
     */
    CompletionStage<HttpResponse<byte[]>> send(HttpRequest request);
}
