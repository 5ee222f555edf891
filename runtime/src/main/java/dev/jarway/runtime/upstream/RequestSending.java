package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.BegunBody;
import dev.jarway.runtime.exchange.BodyPump;
import dev.jarway.runtime.exchange.BufferBytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Provisional;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;

/**
 * The sending of a call's request: its head, then its body as fast as the endpoint takes it, and not before the endpoint wants it if
 * the client has left that open. Belongs to one event loop.
 */
final class RequestSending {
    /** For an endpoint to say whether it wants a body, before the client is asked for it anyway. */
    private static final Duration EXPECTED_WITHIN = Duration.ofSeconds(1);

    private static final long NO_TIMER = -1;
    private static final Buffer NOTHING = Buffer.buffer();

    private final UpstreamCall call;
    private final Vertx vertx;
    private final UpstreamRequest message;
    private final AwaitedBody awaited;
    private final AnnouncedLength length;
    private MessageBody body;
    private long expectTimer = NO_TIMER;
    private boolean continued;
    private boolean ended;

    /** Of that request, as a part of that call. */
    RequestSending(UpstreamCall call, Vertx vertx, UpstreamRequest message) {
        this.call = call;
        this.vertx = vertx;
        this.message = message;
        this.awaited = new AwaitedBody(message.body(), System::nanoTime, call::excuse);
        this.body = awaited;
        this.length = new AnnouncedLength(message.fields().get(HttpHeaders.CONTENT_LENGTH));
    }

    /** Begins, on that connection. */
    void begin(OutboundRequest to) {
        to.begin(message, message.hasBody() && !length.isKnown(), call);
        if (message.webSocket()) {
            to.upgrade();
            end();
        } else if (!message.hasBody() && !length.isKnown()) {
            to.end(NOTHING, null);
            end();
        } else {
            call.bodyBegins();
            if (message.expectsContinue()) {
                expect(to);
            } else {
                pump(to);
            }
        }
    }

    /** Leaves it to the endpoint whether the client is to send the body, unless that is on its way already. */
    private void expect(OutboundRequest to) {
        BegunBody begun = BegunBody.of(body);
        body = begun;
        vertx.runOnContext(turn -> {
            if (!call.over() && !begun.hasCome()) {
                to.expectContinue();
                expectTimer = vertx.setTimer(EXPECTED_WITHIN.toMillis(), fired -> notTold(begun));
            }
            pump(to);
        });
    }

    /** It may be an endpoint that knows of no expectations, and a client that waits for ever. */
    private void notTold(BegunBody begun) {
        if (!call.over() && !continued && !begun.hasCome() && !call.response().isComplete()) {
            call.provisional(Provisional.proceed());
        }
    }

    /** The endpoint wants the body, or it has to be sent for want of a word. */
    void goAhead() {
        if (!continued) {
            continued = true;
            awaited.wanted();
        }
    }

    /** Moves the body on, as long as pieces are here and the endpoint takes them. */
    private void pump(OutboundRequest to) {
        if (!call.over()) {
            new BodyPump(body, chunk -> write(to, chunk) && !call.over(), call::abandon).run();
        }
    }

    /** Writes a piece, and says whether to go on at once. */
    private boolean write(OutboundRequest to, ExchangeChunk chunk) {
        if (call.over()) {
            return false;
        }
        call.touch();
        Buffer piece = BufferBytes.toBuffer(chunk.bytes());
        try {
            length.count(piece.length(), chunk.last());
        } catch (GatewayFailure wrongLength) {
            call.abandon(wrongLength);
            return false;
        }
        if (chunk.last()) {
            to.end(piece, chunk.trailerFields());
            end();
            return false;
        }
        if (to.write(piece)) {
            return true;
        }
        to.whenDrained(() -> pump(to));
        return false;
    }

    private void end() {
        ended = true;
        call.requestEnded();
    }

    /** Whether all of the request has been sent. */
    boolean ended() {
        return ended;
    }

    /** Nobody waits for a piece of the body any more. */
    void awaitNoMore() {
        awaited.stop();
    }

    /** Nothing is sent any more. */
    void stop() {
        awaited.stop();
        if (expectTimer != NO_TIMER) {
            vertx.cancelTimer(expectTimer);
        }
    }
}
