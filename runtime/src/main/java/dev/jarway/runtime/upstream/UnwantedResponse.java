package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.BodyPump;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * A response that nobody wants. It is read to its end if that is near, so that its connection can be used again; otherwise the
 * call is given up, and at once if its request is still being sent: that connection is lost anyway, and the request's body is
 * somebody else's from now on. Belongs to one event loop.
 */
public final class UnwantedResponse {
    private static final long MOST_BYTES = 64 * 1024;
    private static final Duration MOST_TIME = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final MessageBody body;
    private final long timer;
    private long bytes;

    private UnwantedResponse(Vertx vertx, UpstreamCall call, MessageBody body) {
        this.vertx = vertx;
        this.body = body;
        this.timer = vertx.setTimer(
                MOST_TIME.toMillis(),
                fired -> call.abandon(
                        GatewayFailure.of(FailureCode.UPSTREAM_TIMEOUT, "the end of an unwanted response")));
    }

    /** Sees to it. */
    public static void drain(Vertx vertx, UpstreamCall call, UpstreamResponse response) {
        if (call.isSending()) {
            call.abandon(GatewayFailure.of(FailureCode.UPSTREAM_BROKEN, "answered before all of the request was sent"));
            return;
        }
        MessageBody body = response.answer().body();
        UnwantedResponse unwanted = new UnwantedResponse(vertx, call, body);
        new BodyPump(body, unwanted::take, broken -> unwanted.ended()).run();
    }

    private boolean take(ExchangeChunk chunk) {
        bytes += chunk.bytes().length();
        if (chunk.last()) {
            ended();
            return false;
        }
        if (bytes > MOST_BYTES) {
            ended();
            body.discard();
            return false;
        }
        return true;
    }

    private void ended() {
        vertx.cancelTimer(timer);
    }
}
