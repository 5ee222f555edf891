package dev.jarway.runtime.proxy;

import dev.jarway.runtime.balance.Attempt;
import dev.jarway.runtime.balance.Permit;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.upstream.Mishap;
import dev.jarway.runtime.upstream.UnwantedResponse;
import dev.jarway.runtime.upstream.UpstreamCall;
import dev.jarway.runtime.upstream.UpstreamLimits;
import dev.jarway.runtime.upstream.UpstreamRequest;
import dev.jarway.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One try of one endpoint. Belongs to one event loop. */
final class EndpointTry {
    private final ProxyLoop loop;
    private final Attempt attempt;
    private @Nullable UpstreamCall call;
    private @Nullable GatewayFailure givenUp;

    EndpointTry(ProxyLoop loop, Attempt attempt) {
        this.loop = loop;
        this.attempt = attempt;
    }

    /** The endpoint that is tried, and what becomes of it. */
    Attempt attempt() {
        return attempt;
    }

    /**
     * Sends a request there. Called once.
     *
     * @param permit by which it goes, and which it gives back
     */
    Future<UpstreamResponse> send(Supplier<UpstreamRequest> message, UpstreamLimits limits, Permit permit) {
        if (givenUp != null) {
            permit.giveBack();
            return Future.failedFuture(givenUp);
        }
        UpstreamRequest ready;
        try {
            ready = message.get();
        } catch (RuntimeException e) {
            permit.giveBack();
            return Future.failedFuture(e);
        }
        attempt.begin(permit);
        call = UpstreamCall.start(loop.client(), attempt, ready, limits);
        return call.response();
    }

    /** Why there is no response, if that has failed. */
    Mishap mishap() {
        return call == null ? Mishap.OTHER : call.mishap();
    }

    /** Throws its response away. */
    void throwAway(UpstreamResponse response) {
        if (call != null) {
            UnwantedResponse.drain(loop.scope().vertx(), call, response);
        }
    }

    /** Gives it up for that reason. */
    void giveUp(GatewayFailure why) {
        if (givenUp == null) {
            givenUp = why;
        }
        if (call != null) {
            call.abandon(why);
        }
    }

    /** Whether the endpoint is waited for, whose limits hold then. */
    boolean isUnderWay() {
        return call != null && !call.over();
    }
}
