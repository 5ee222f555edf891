package dev.jarway.runtime.proxy;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tries of one exchange side by side, most often only one. The first response counts, and the others are given up, which is
 * held against nobody. If there is no response, the last failure counts. Belongs to one event loop.
 */
final class Race {
    private final List<EndpointTry> running = new ArrayList<>(1);
    private final Promise<Finish> finish = Promise.promise();

    /**
     * Who has decided it.
     *
     * @param outcome complete
     */
    record Finish(EndpointTry by, Future<UpstreamResponse> outcome) {}

    /** Complete when it is decided; never fails. */
    Future<Finish> finish() {
        return finish.future();
    }

    boolean isOver() {
        return finish.future().isComplete();
    }

    /** Takes a try in. */
    void join(EndpointTry another, Future<UpstreamResponse> outcome) {
        running.add(another);
        outcome.onComplete(done -> ended(another, outcome));
    }

    private void ended(EndpointTry one, Future<UpstreamResponse> outcome) {
        running.remove(one);
        if (isOver()) {
            Optional.ofNullable(outcome.result()).ifPresent(one::throwAway);
        } else if (outcome.succeeded()) {
            List<EndpointTry> losers = running.isEmpty() ? List.of() : List.copyOf(running);
            finish.complete(new Finish(one, outcome));
            // No timeout: who is only slower need not prove, on pain of its connection, that it is there.
            losers.forEach(loser ->
                    loser.giveUp(GatewayFailure.of(FailureCode.UPSTREAM_BROKEN, "another endpoint was quicker")));
        } else if (running.isEmpty()) {
            finish.complete(new Finish(one, outcome));
        }
    }

    /** Whether an endpoint is waited for, whose limits hold then. */
    boolean isUnderWay() {
        return !running.isEmpty() && running.stream().anyMatch(EndpointTry::isUnderWay);
    }

    /** Gives all of them up for that reason. */
    void giveUp(GatewayFailure why) {
        List.copyOf(running).forEach(one -> one.giveUp(why));
    }
}
