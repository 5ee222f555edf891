package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.ConnectionFields;
import dev.jarway.runtime.exchange.ExchangeResponse;
import dev.jarway.runtime.exchange.StreamBody;
import dev.jarway.runtime.exchange.TrailerFields;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.Set;

/**
 * What an endpoint has answered.
 *
 * @param answer status, fields without those of its connection, and the body, which is read as it is asked for
 * @param waited from the request's first byte to the response's headers, without the time in which the rest of the request was
 *     waited for
 */
public record UpstreamResponse(Answer answer, Duration waited) {
    private static final CharSequence KEEP_ALIVE = HttpHeaders.createOptimized("keep-alive");

    static UpstreamResponse of(HttpClientResponse response, String method, Duration waited, UpstreamCall call) {
        MultiMap fields = fields(response);
        int status = response.statusCode();
        boolean hasBody = !method.equals("HEAD") && ExchangeResponse.isBodyStatus(status);
        Set<String> named = ConnectionFields.strip(fields);
        if (!hasBody) {
            TrailerFields.conceal(fields);
        }
        ExchangeResponse head = new ExchangeResponse(status, fields, hasBody);
        Source source = new Source(response, call, named, length(response));
        if (!hasBody) {
            readEnd(response, source);
            return new UpstreamResponse(new Answer(head, WholeBody.empty()), waited);
        }
        StreamBody body = new StreamBody(response, source);
        call.bodyComes(body);
        return new UpstreamResponse(new Answer(head, body), waited);
    }

    /**
     * The end of a response without a body still has to be read, or the connection is never free again. Over HTTP/2, a body may
     * come all the same; what comes so over HTTP/1 has been refused before it is here.
     */
    private static void readEnd(HttpClientResponse response, Source source) {
        response.handler(piece -> {
            if (piece.length() > 0) {
                source.call().refuseBody();
            }
        });
        response.endHandler(end -> source.call().finished());
        response.exceptionHandler(source::explain);
        response.resume();
    }

    /** What an endpoint answers that has switched to WebSocket. */
    static UpstreamResponse switched(HttpClientResponse response, Duration waited, UpstreamCall call) {
        MultiMap fields = copy(response);
        ConnectionFields.strip(fields);
        ExchangeResponse head = new ExchangeResponse(response.statusCode(), fields, false);
        return new UpstreamResponse(new Answer(head, new Upgraded(response.netSocket(), call)), waited);
    }

    /**
     * The fields to be changed. Vert.x reads in its own, once the end is here, whether the connection goes on (RFC 9112 section 9.6):
     * where they say more of that than the version does, they are left as they are, and these are a copy.
     */
    private static MultiMap fields(HttpClientResponse response) {
        MultiMap fields = response.headers();
        String connection = fields.get(HttpHeaders.CONNECTION);
        boolean goesOn = response.version() == HttpVersion.HTTP_1_1
                && (connection == null || connection.equalsIgnoreCase("keep-alive"))
                && !fields.contains(KEEP_ALIVE);
        return goesOn ? fields : copy(response);
    }

    private static MultiMap copy(HttpClientResponse response) {
        return HttpHeaders.headers().setAll(response.headers());
    }

    /** Over HTTP/1, nothing follows a body of a given length (RFC 9112 section 7.1.2); it has been looked at on the wire. */
    private static long length(HttpClientResponse response) {
        String length = response.version().compareTo(HttpVersion.HTTP_2) < 0
                ? response.headers().get(HttpHeaders.CONTENT_LENGTH)
                : null;
        return length == null ? -1 : Long.parseLong(length);
    }

    private record Source(HttpClientResponse response, UpstreamCall call, Set<String> ofConnection, long length)
            implements StreamBody.Source {

        @Override
        public void received(long bytes) {
            call.touch();
        }

        @Override
        public MultiMap trailers() {
            call.finished();
            return TrailerFields.permitted(response.trailers(), ofConnection);
        }

        @Override
        public void cancel() {
            call.cancel();
        }

        @Override
        public Throwable explain(Throwable failure) {
            return call.brokenOff(
                    GatewayFailure.from(failure, FailureCode.UPSTREAM_BROKEN, "the service's response broke off"));
        }
    }
}
