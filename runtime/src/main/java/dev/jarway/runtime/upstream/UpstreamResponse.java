package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.ConnectionFields;
import dev.jarway.runtime.exchange.ExchangeResponse;
import dev.jarway.runtime.exchange.StreamBody;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;

/**
 * What an endpoint has answered.
 *
 * @param answer status, fields without those of its connection, and the body, which is read as it is asked for
 * @param waited from the request's first byte to the response's headers
 */
public record UpstreamResponse(Answer answer, Duration waited) {

    static UpstreamResponse of(HttpClientResponse response, String method, Duration waited, UpstreamCall call) {
        MultiMap fields = response.headers();
        int status = response.statusCode();
        boolean hasBody = !method.equals("HEAD") && status != 204 && status != 304;
        ConnectionFields.strip(fields);
        ExchangeResponse head = new ExchangeResponse(status, fields, hasBody);
        StreamBody body = new StreamBody(response, new Source(response, call));
        if (!hasBody) {
            // Its end still has to be read, or the connection is never free again.
            response.resume();
        }
        return new UpstreamResponse(new Answer(head, hasBody ? body : WholeBody.empty()), waited);
    }

    /** What an endpoint answers that has switched to WebSocket. */
    static UpstreamResponse switched(HttpClientResponse response, Duration waited, UpstreamCall call) {
        MultiMap fields = response.headers();
        ConnectionFields.strip(fields);
        ExchangeResponse head = new ExchangeResponse(response.statusCode(), fields, false);
        return new UpstreamResponse(new Answer(head, new Upgraded(response.netSocket(), call)), waited);
    }

    private record Source(HttpClientResponse response, UpstreamCall call) implements StreamBody.Source {

        @Override
        public void received(long bytes) {
            call.touch();
        }

        @Override
        public MultiMap trailers() {
            call.finished();
            return response.trailers();
        }

        @Override
        public void cancel() {
            call.cancel();
        }

        @Override
        public Throwable explain(Throwable failure) {
            return GatewayFailure.of(FailureCode.UPSTREAM_BROKEN, "the service's response broke off", failure);
        }
    }
}
