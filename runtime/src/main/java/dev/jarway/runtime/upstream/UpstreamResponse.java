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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
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
    static UpstreamResponse of(InboundResponse response, String method, Duration waited, UpstreamCall call) {
        MultiMap fields = response.fields();
        int status = response.status();
        boolean hasBody = !method.equals("HEAD") && ExchangeResponse.isBodyStatus(status);
        Set<String> named = ConnectionFields.strip(fields);
        if (!hasBody) {
            TrailerFields.conceal(fields);
        }
        ExchangeResponse head = new ExchangeResponse(status, fields, hasBody);
        Source source = new Source(response, call, named, response.length());
        if (!hasBody) {
            readEnd(response.body(), source);
            return new UpstreamResponse(new Answer(head, WholeBody.empty()), waited);
        }
        StreamBody body = new StreamBody(response.body(), source);
        call.bodyComes(body);
        return new UpstreamResponse(new Answer(head, body), waited);
    }

    /**
     * The end of a response without a body still has to be read, or the connection is never free again. Over HTTP/2, a body may
     * come all the same; what comes so over HTTP/1 has been refused before it is here.
     */
    private static void readEnd(ReadStream<Buffer> body, Source source) {
        body.handler(piece -> {
            if (piece.length() > 0) {
                source.call().refuseBody();
            }
        });
        body.endHandler(end -> source.call().finished());
        body.exceptionHandler(source::explain);
        body.resume();
    }

    /** What an endpoint answers that has switched to WebSocket. */
    static UpstreamResponse switched(InboundResponse response, Duration waited, UpstreamCall call) {
        MultiMap fields = response.fields();
        ConnectionFields.strip(fields);
        ExchangeResponse head = new ExchangeResponse(response.status(), fields, false);
        return new UpstreamResponse(new Answer(head, new Upgraded(response.socket(), call)), waited);
    }

    private record Source(InboundResponse response, UpstreamCall call, Set<String> ofConnection, long length)
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
