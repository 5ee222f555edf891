package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.ResponseGuard;
import dev.jarway.runtime.balance.Attempt;
import dev.jarway.runtime.exchange.Provisional;
import dev.jarway.runtime.exchange.StreamBody;
import dev.jarway.runtime.exchange.WebSocketHandshake;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to one endpoint. It sends the body only as fast as the endpoint takes it, and hands the response over as soon
 * as its headers are here, be the body sent or not. Belongs to one event loop.
 */
public final class UpstreamCall implements OutboundRequest.Listener {
    private final Dialer dialer;
    private final Attempt attempt;
    private final UpstreamRequest message;
    private final Promise<UpstreamResponse> answer = Promise.promise();

    private final CallClocks clocks;
    private final RequestSending sending;
    private @Nullable OutboundRequest sent;
    private long sentAt;
    private long excused;
    private int provisionals;
    private boolean over;

    /** Whether its connection may be somebody else's by now, or has been given up. */
    private boolean parted;

    private Mishap mishap = Mishap.OTHER;
    private @Nullable Throwable abandoned;

    private UpstreamCall(UpstreamClient client, Attempt attempt, UpstreamRequest message, UpstreamLimits limits) {
        this.dialer = client.within(attempt.dialect().connect());
        this.attempt = attempt;
        this.message = message;
        // Not held against the endpoint if nothing moves: it may be the client that does not send or read on.
        this.clocks = new CallClocks(client.deadlines(), limits, this::abandon, this::late);
        this.sending = new RequestSending(this, client.vertx(), message);
    }

    /** Begins to send the request. What becomes of it is told to the attempt. */
    public static UpstreamCall start(
            UpstreamClient client, Attempt attempt, UpstreamRequest message, UpstreamLimits limits) {
        UpstreamCall call = new UpstreamCall(client, attempt, message, limits);
        try {
            call.connect();
        } catch (RuntimeException e) {
            call.stop();
            throw e;
        }
        return call;
    }

    /** The response, once its headers are here. Fails with a {@link GatewayFailure}, or with what the body fails with. */
    public Future<UpstreamResponse> response() {
        return answer.future();
    }

    /** Why there is no response, if that has failed. */
    public Mishap mishap() {
        return mishap;
    }

    private void connect() {
        dialer.request(attempt, message, this::begin, this::unreachable);
    }

    private void unreachable(Throwable cause) {
        fail(
                Mishap.CONNECT_FAILURE,
                GatewayFailure.of(FailureCode.UPSTREAM_UNREACHABLE, "no connection to the service's endpoint", cause));
    }

    private void begin(OutboundRequest connected) {
        if (over) {
            connected.leave();
            connected.cancel();
            return;
        }
        sent = connected;
        sentAt = System.nanoTime();
        try {
            sending.begin(connected);
        } catch (RuntimeException e) {
            abandon(e); // Here, and not to whoever has just given the connection back.
        }
    }

    @Override
    public void provisional(Provisional response) {
        touch();
        if (++provisionals > ResponseGuard.MOST_PROVISIONALS) {
            refuse(
                    Mishap.OTHER,
                    GatewayFailure.of(
                            FailureCode.UPSTREAM_INVALID,
                            "more than " + ResponseGuard.MOST_PROVISIONALS + " provisional responses"));
            return;
        }
        if (response.status() == Provisional.CONTINUE) {
            sending.goAhead();
        }
        message.provisional().accept(response);
    }

    /** For that long, it was not the endpoint that was waited for. */
    void excuse(long nanos) {
        excused += nanos;
        attempt.excuse(nanos);
    }

    /** All of the request has been sent. */
    void requestEnded() {
        if (!answer.future().isComplete()) {
            clocks.awaitResponse();
        }
    }

    @Override
    public void responded(InboundResponse response) {
        clocks.responded();
        boolean switched = response.status() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
        if (switched && !(message.webSocket() && WebSocketHandshake.isAnswered(message.fields(), response.fields()))) {
            refuse(
                    Mishap.OTHER,
                    GatewayFailure.of(
                            FailureCode.UPSTREAM_INVALID, "it switches to a protocol that nobody has asked for"));
            return;
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - sentAt - excused);
        UpstreamResponse arrived = switched
                ? UpstreamResponse.switched(response, waited, this)
                : UpstreamResponse.of(response, message.method(), waited, this);
        attempt.answered(response.status());
        if (!answer.tryComplete(arrived)) {
            cancel();
        }
    }

    @Override
    public void broken(Throwable cause, Mishap why) {
        fail(why, GatewayFailure.from(cause, FailureCode.UPSTREAM_BROKEN, "the connection to the service broke"));
    }

    /** The response has broken off, for a reason of the gateway's own or because of the endpoint. */
    Throwable brokenOff(GatewayFailure failure) {
        if (abandoned != null) {
            return abandoned;
        }
        fail(Mishap.OTHER, failure);
        return failure;
    }

    /**
     * Lets it fail because of the endpoint. It has ended before anybody is told, for they may try again at once: whatever it
     * holds is free then.
     */
    private void fail(Mishap why, GatewayFailure failure) {
        sending.awaitNoMore();
        if (why != Mishap.REFUSED_STREAM || answer.future().isComplete()) {
            attempt.failed(failure);
        }
        stop();
        if (!answer.future().isComplete()) {
            mishap = why;
            answer.fail(failure);
        }
    }

    /** No response in time. */
    private void late(GatewayFailure failure) {
        refuse(Mishap.TIMEOUT, failure);
        askForLife();
    }

    /** Others use the connection too, or will: they had better not if nobody is there any more. */
    private void askForLife() {
        if (sent != null) {
            sent.demandLife(attempt.dialect().connect());
        }
    }

    /** Lets it fail because of what the endpoint has done, or has not, on a connection that is open still. */
    private void refuse(Mishap why, GatewayFailure failure) {
        fail(why, failure);
        cancel();
    }

    /** A body has begun to come where there can be none. It could be of any length, and nobody reads it. */
    void refuseBody() {
        if (!over) {
            refuse(Mishap.OTHER, GatewayFailure.of(FailureCode.UPSTREAM_INVALID, "a body where there can be none"));
        }
    }

    /** Gives the call up for that reason, as when the request's body breaks off or the client has gone. */
    public void abandon(Throwable cause) {
        boolean first = !over && abandoned == null;
        if (first) {
            abandoned = cause;
        }
        answer.tryFail(cause);
        cancel();
        if (first && cause instanceof GatewayFailure known && known.code() == FailureCode.UPSTREAM_TIMEOUT) {
            askForLife();
        }
    }

    /** The response has a body, which is read by this. */
    void bodyComes(StreamBody body) {
        if (sent != null) {
            sent.bodyComes(body::isAsked);
        }
    }

    /** Whether nothing is to come of it any more; until then, its limits hold. */
    public boolean over() {
        return over;
    }

    /** Whether some of the request is still to be sent. */
    boolean isSending() {
        return !sending.ended();
    }

    /** A body begins to be sent. */
    void bodyBegins() {
        clocks.begin();
    }

    /** Something has moved. */
    void touch() {
        clocks.touch();
    }

    /** Gives the call up; its connection is not used again unless all of it has been read. */
    void cancel() {
        stop();
        if (sent != null && !parted) {
            parted = true;
            sent.cancel();
        }
    }

    /** The response has come to its end. If the request has not, nobody is interested in its rest. */
    void finished() {
        if (!isSending() && !message.webSocket()) { // A request for WebSocket never ends.
            parted = true;
            stop();
        } else {
            cancel();
        }
    }

    private void stop() {
        if (over) {
            return;
        }
        over = true;
        sending.stop();
        attempt.end();
        clocks.stop();
        if (sent != null) {
            sent.leave();
        }
    }
}
