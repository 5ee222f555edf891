package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Provisional;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import java.util.function.Consumer;

/**
 * What is to be sent to an endpoint.
 *
 * @param method any but CONNECT
 * @param target in origin-form, or {@code *}
 * @param authority whom it is for
 * @param fields without {@code host} and those that concern one connection alone
 * @param body is read as the endpoint takes it
 * @param hasBody whether there is one, be it empty
 * @param webSocket whether the endpoint is asked to switch to that; it may answer as usual all the same
 * @param expectsContinue whether the body comes only when the client is told that it may
 * @param provisional is given the responses before the final one
 */
public record UpstreamRequest(
        String method,
        String target,
        HostAndPort authority,
        MultiMap fields,
        MessageBody body,
        boolean hasBody,
        boolean webSocket,
        boolean expectsContinue,
        Consumer<Provisional> provisional) {

    /** A copy with these fields, of which nobody is told anything before its final response. */
    public UpstreamRequest copy(MultiMap others) {
        return new UpstreamRequest(method, target, authority, others, body, hasBody, webSocket, false, told -> {});
    }

    /** The same with that body. */
    public UpstreamRequest withBody(MessageBody other) {
        return new UpstreamRequest(
                method, target, authority, fields, other, hasBody, webSocket, expectsContinue, provisional);
    }
}
