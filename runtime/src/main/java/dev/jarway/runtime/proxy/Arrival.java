package dev.jarway.runtime.proxy;

import dev.jarway.plugin.Bytes;
import dev.jarway.runtime.admission.Admission;
import dev.jarway.runtime.admission.Limit;
import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.admission.ReceivedTrailers;
import dev.jarway.runtime.exchange.BrokenBody;
import dev.jarway.runtime.exchange.ConnectionFields;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Provenance;
import dev.jarway.runtime.exchange.RequestHead;
import dev.jarway.runtime.exchange.Steering;
import dev.jarway.runtime.exchange.StreamBody;
import dev.jarway.runtime.exchange.TrailerFields;
import dev.jarway.runtime.exchange.WholeBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.channel.Channel;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request as it arrives: admitted or refused, its body still on the way, its client perhaps gone before the end. */
final class Arrival {
    private final HttpServerRequest received;
    private final ExchangeRequest request;
    private final @Nullable GatewayFailure refusal;
    private final Wishes wishes;
    private final Admission admission;
    private final Set<String> ofConnection;
    private final BodyOnset onset;
    private final Instant at = Instant.now();
    private final long nanos = System.nanoTime();
    private @Nullable StreamBody body;
    private @Nullable ReadTurn reading;
    private boolean expectationPassedOn;
    private boolean continued;
    private boolean gone;
    private OptionalLong completeAt = OptionalLong.empty();
    private boolean broken;
    private boolean bodyLost;

    private Arrival(
            HttpServerRequest received,
            ExchangeRequest request,
            @Nullable GatewayFailure refusal,
            Wishes wishes,
            Admission admission,
            Set<String> ofConnection,
            BodyOnset onset) {
        this.received = received;
        this.request = request;
        this.refusal = refusal;
        this.wishes = wishes;
        this.admission = admission;
        this.ofConnection = ofConnection;
        this.onset = onset;
        this.gone = onset.gone();
        if (!onset.hasBody() || onset.ended()) {
            this.completeAt = OptionalLong.of(nanos);
        }
    }

    /** Looks at the headers. The body is held back. */
    static Arrival of(HttpServerRequest received, BodyOnset onset, Admission admission) {
        MultiMap fields = received.headers();
        Wishes wishes = Wishes.of(received, onset.hasBody());
        RequestHead head;
        GatewayFailure refusal = null;
        try {
            head = admission.admit(received);
            HopFields.refuseLoop(fields);
        } catch (GatewayFailure failure) {
            head = Admission.refused(received);
            refusal = failure;
        }
        fields.remove(HttpHeaders.HOST);
        fields.remove(HttpHeaders.EXPECT);
        boolean trailersWelcome = !wishes.webSocket() && TrailerFields.areWelcome(received);
        Set<String> ofConnection = ConnectionFields.strip(fields);
        if (trailersWelcome) {
            TrailerFields.welcome(fields);
        }
        if (!onset.hasBody()) {
            TrailerFields.conceal(fields);
        }
        Provenance provenance = admission.forwarding().read(received);
        HopFields.advance(fields, received);
        CookieFields.join(fields);
        ExchangeRequest request = new ExchangeRequest(head, provenance, fields, onset.hasBody());
        return new Arrival(received, request, refusal, wishes, admission, ofConnection, onset);
    }

    /** The failure of an exchange whose client does not wait for its end. */
    static GatewayFailure clientGone() {
        return GatewayFailure.of(FailureCode.CLIENT_GONE, "before the response was complete");
    }

    ExchangeRequest request() {
        return request;
    }

    /** Writes into the request from where it comes, for a service. */
    void tellProvenance() {
        admission.forwarding().write(request);
    }

    /** Why the request was not admitted; null if it was. */
    @Nullable
    GatewayFailure refusal() {
        return refusal;
    }

    /** Whether the client wants to speak WebSocket from here on. */
    boolean wantsWebSocket() {
        return wishes.webSocket();
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
        ReceivedTrailers trailers = ReceivedTrailers.of(received);
        if (onset.ended()) {
            return trailersAlone(trailers);
        }
        StreamBody stream = new StreamBody(received, new Source(steering, trailers));
        if (onset.first() != null) {
            stream.unread(onset.first());
        }
        if (gone) {
            stream.fail(clientGone());
        }
        body = stream;
        if (received.version().compareTo(HttpVersion.HTTP_2) < 0) {
            reading = ReadTurn.of(channel());
        }
        if (reading != null) {
            reading.bodyBegins(stream::isAsked);
        }
        return stream;
    }

    private MessageBody trailersAlone(ReceivedTrailers trailers) {
        try {
            return WholeBody.of(Bytes.empty(), admission.admitTrailers(received, trailers.get(), ofConnection));
        } catch (GatewayFailure failure) {
            return new BrokenBody(failure);
        }
    }

    /** When the last of the request came, by {@link System#nanoTime}; empty if it has not yet. */
    OptionalLong completeAt() {
        return completeAt;
    }

    long bodyBytes() {
        return body == null ? 0 : body.bytes();
    }

    boolean gone() {
        return gone;
    }

    /** Whether its stream of HTTP/2 is over, or about to be reset with the error of its client (RFC 9113 section 5.4.2). */
    boolean isReset() {
        return (gone || bodyLost) && received.version() == HttpVersion.HTTP_2;
    }

    boolean isOn(HttpConnection connection) {
        return received.connection() == connection;
    }

    boolean isOn(Channel channel) {
        return channel().equals(channel);
    }

    /** Its client's connection. */
    Channel channel() {
        return ((HttpServerConnection) received.connection())
                .channelHandlerContext()
                .channel();
    }

    /** Whether the connection is not used again: because its client says so, or since it is not certain what comes next there. */
    boolean ends() {
        boolean refused = refusal != null && refusal.code() == FailureCode.BAD_REQUEST;
        return (broken || refused || wishes.close() || isBodyWithheld())
                && received.version().compareTo(HttpVersion.HTTP_2) < 0;
    }

    /** Whether the client waits to be told that it may send the body; if not, that may be what comes next, or may not. */
    private boolean isBodyWithheld() {
        return wishes.goAhead() && !continued && body != null && !body.ended() && body.bytes() == 0;
    }

    /**
     * Whether the client waits for a word before it sends the body, and nobody has asked for that yet. If so, it is from now on
     * for the service to give the word (RFC 9110 section 10.1.1).
     */
    boolean passExpectationOn() {
        expectationPassedOn = isBodyWithheld();
        return expectationPassedOn;
    }

    /** Takes note that the client has been told to go on. */
    void continued() {
        continued = true;
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

    /** Fails if the body is known to go beyond the exchange's limit before any of it has come. */
    void checkAnnounced(Steering steering) {
        String length = request.fields().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            checkLength(Long.parseLong(length), steering);
        }
    }

    private void checkLength(long bytes, Steering steering) {
        boolean standard = steering.requestBodyLimit() == Long.MAX_VALUE;
        long most = standard ? admission.door().limits().body() : steering.requestBodyLimit();
        if (bytes > most) {
            throw standard
                    ? admission.door().reached(Limit.BODY, most + " bytes")
                    : GatewayFailure.of(FailureCode.REQUEST_BODY_TOO_LARGE, "more than " + most + " bytes");
        }
    }

    /** Breaks off what is still to come of the body, of which nothing can be understood any more. */
    void breakConnection(GatewayFailure why) {
        broken = true;
        breakOff(why);
    }

    /** Breaks off what is still to come of the body. */
    void breakOff(GatewayFailure why) {
        if (body != null) {
            body.fail(why);
        }
    }

    /** Sees to the rest of a body that nobody wanted: the next request of this connection comes after it. */
    void finish(Vertx vertx) {
        if (reading != null) {
            reading.bodyEnds();
        }
        if (gone || isReset()) {
            return;
        }
        if (body != null && !body.ended() && !broken) {
            UnwantedBody.drain(received, vertx, ends());
        } else if (ends()) {
            received.connection().close();
        }
    }

    private final class Source implements StreamBody.Source {
        private final Steering steering;
        private final ReceivedTrailers trailers;

        Source(Steering steering, ReceivedTrailers trailers) {
            this.steering = steering;
            this.trailers = trailers;
        }

        @Override
        public void begin() {
            if (wishes.goAhead() && !expectationPassedOn) {
                continued = true;
                received.response().writeContinue();
            }
        }

        @Override
        public void received(long bytes) {
            checkLength(bytes, steering);
        }

        @Override
        public MultiMap trailers() {
            completeAt = OptionalLong.of(System.nanoTime());
            return admission.admitTrailers(received, trailers.get(), ofConnection);
        }

        @Override
        public void cancel() {}

        @Override
        public Throwable explain(Throwable failure) {
            if (failure instanceof GatewayFailure known) {
                return known;
            }
            bodyLost = true; // Told of before the client is.
            return clientGone();
        }
    }
}
