package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.ConnectionFields;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.exchange.Steering;
import dev.jarway.runtime.exchange.StreamBody;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A request as it arrives: admitted or refused, its body still on the way, its client perhaps gone before the end. */
final class Arrival {
    private final HttpServerRequest received;
    private final ExchangeRequest request;
    private final @Nullable GatewayFailure refusal;
    private final boolean expectsContinue;
    private final boolean webSocket;
    private final @Nullable Buffer first;
    private final Instant at = Instant.now();
    private final long nanos = System.nanoTime();
    private @Nullable StreamBody body;
    private boolean gone;

    private Arrival(
            HttpServerRequest received,
            ExchangeRequest request,
            @Nullable GatewayFailure refusal,
            boolean expectsContinue,
            boolean webSocket,
            BodyOnset onset) {
        this.received = received;
        this.request = request;
        this.refusal = refusal;
        this.expectsContinue = expectsContinue;
        this.webSocket = webSocket;
        this.first = onset.first();
    }

    /** Looks at the headers. The body is held back. */
    static Arrival of(HttpServerRequest received, BodyOnset onset) {
        MultiMap fields = received.headers();
        boolean expectsContinue = fields.contains(HttpHeaders.EXPECT);
        boolean webSocket = !onset.hasBody() && WebSocketHandshake.isOne(received);
        RequestHead head;
        GatewayFailure refusal = null;
        try {
            head = Admission.admit(received);
        } catch (GatewayFailure failure) {
            head = Admission.refused(received);
            refusal = failure;
        }
        fields.remove(HttpHeaders.HOST);
        fields.remove(HttpHeaders.EXPECT);
        ConnectionFields.strip(fields);
        CookieFields.join(fields);
        ExchangeRequest request = new ExchangeRequest(head, fields, onset.hasBody());
        return new Arrival(received, request, refusal, expectsContinue, webSocket, onset);
    }

    /** The failure of an exchange whose client does not wait for its end. */
    static GatewayFailure clientGone() {
        return GatewayFailure.of(FailureCode.CLIENT_GONE, "before the response was complete");
    }

    ExchangeRequest request() {
        return request;
    }

    /** Why the request was not admitted; null if it was. */
    @Nullable
    GatewayFailure refusal() {
        return refusal;
    }

    /** Whether the client wants to speak WebSocket from here on. */
    boolean wantsWebSocket() {
        return webSocket;
    }

    Instant at() {
        return at;
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** The body, as long as it keeps within the exchange's limit. */
    MessageBody body(Steering steering) {
        if (!request.hasBody()) {
            return WholeBody.empty();
        }
        StreamBody stream = new StreamBody(received, new Source(steering));
        if (first != null) {
            stream.unread(first);
        }
        body = stream;
        return stream;
    }

    long bodyBytes() {
        return body == null ? 0 : body.bytes();
    }

    boolean gone() {
        return gone;
    }

    boolean isOn(HttpConnection connection) {
        return received.connection() == connection;
    }

    /** Whether more of the body is to come before anything goes on. */
    boolean waitsForClient() {
        return body != null && body.isAsked();
    }

    /** Has that done when the client closes the connection before the response is complete. */
    void onClientGone(Runnable then) {
        received.response().exceptionHandler(cause -> {
            if (!gone) {
                gone = true;
                if (body != null) {
                    body.fail(cause);
                }
                then.run();
            }
        });
    }

    /** Breaks off what is still to come of the body. */
    void breakOff(GatewayFailure why) {
        if (body != null) {
            body.fail(why);
        }
    }

    /** Sees to the rest of a body that nobody wanted: the next request of this connection comes after it. */
    void finish(Vertx vertx) {
        if (body != null && !body.ended() && !gone) {
            UnwantedBody.drain(received, vertx);
        }
    }

    private final class Source implements StreamBody.Source {
        private final Steering steering;

        Source(Steering steering) {
            this.steering = steering;
        }

        @Override
        public void begin() {
            if (expectsContinue) {
                received.response().writeContinue();
            }
        }

        @Override
        public void received(long bytes) {
            if (bytes > steering.requestBodyLimit()) {
                throw GatewayFailure.of(
                        FailureCode.REQUEST_BODY_TOO_LARGE, "more than " + steering.requestBodyLimit() + " bytes");
            }
        }

        @Override
        public void cancel() {}

        @Override
        public Throwable explain(Throwable failure) {
            return failure instanceof GatewayFailure known ? known : clientGone();
        }
    }
}
