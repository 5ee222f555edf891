package dev.jarway.runtime.exchange;

import dev.jarway.plugin.LocalResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * What a client is to be answered with.
 *
 * @param response status and fields
 * @param body empty if there is none
 */
public record Answer(ExchangeResponse response, MessageBody body) {
    private static final String EVENT_STREAM = "text/event-stream";

    /** Refuses a response with a field that may not stand there, by {@link IllegalArgumentException}. */
    public static void check(LocalResponse local) {
        for (LocalResponse.Header header : local.headers()) {
            FieldRules.checkName(header.name());
            FieldRules.checkValue(header.name(), header.value());
        }
    }

    /** A response that the gateway gives itself. */
    public static Answer of(LocalResponse local) {
        MultiMap fields = HttpHeaders.headers();
        check(local);
        local.headers().forEach(header -> fields.add(header.name(), header.value()));
        boolean hasBody = ExchangeResponse.isBodyStatus(local.status());
        if (hasBody) {
            fields.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(local.body().length()));
        }
        return new Answer(
                new ExchangeResponse(local.status(), fields, hasBody),
                hasBody ? WholeBody.of(local.body()) : WholeBody.empty());
    }

    /**
     * Makes it say how long its body is where that was said of one which does not come: of a HEAD's, or a 304's, before a filter
     * changed method or status.
     */
    public void measure() {
        if (body instanceof WholeBody whole) {
            int length = whole.bytes().length();
            response.fields().set(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
        } else {
            response.fields().remove(HttpHeaders.CONTENT_LENGTH);
        }
    }

    /** Whether something else than a body follows (RFC 9110 section 15.2.2), which filters do not see. */
    public boolean switchesProtocols() {
        return response.status() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }

    /** Whether it has no end of its own: a stream of events, or what is no HTTP any more. */
    public boolean isStream() {
        String type = response.fields().get(HttpHeaders.CONTENT_TYPE);
        return switchesProtocols()
                || (type != null && type.regionMatches(true, 0, EVENT_STREAM, 0, EVENT_STREAM.length()));
    }

    /** The same response with another body. */
    public Answer withBody(MessageBody other) {
        return new Answer(response, other);
    }
}
