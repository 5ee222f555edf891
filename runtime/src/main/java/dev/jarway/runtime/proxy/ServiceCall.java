package dev.jarway.runtime.proxy;

import dev.jarway.runtime.balance.Attempt;
import dev.jarway.runtime.balance.Permit;
import dev.jarway.runtime.balance.Pick;
import dev.jarway.runtime.config.HedgeConfig;
import dev.jarway.runtime.config.RetriesConfig;
import dev.jarway.runtime.config.StatusPattern;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.BodyTape;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.exchange.MessageBody;
import dev.jarway.runtime.exchange.Provisional;
import dev.jarway.runtime.exchange.Sequel;
import dev.jarway.runtime.exchange.Steering;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.filter.FilterRun;
import dev.jarway.runtime.filter.Verdict;
import dev.jarway.runtime.upstream.Mishap;
import dev.jarway.runtime.upstream.Service;
import dev.jarway.runtime.upstream.UpstreamLimits;
import dev.jarway.runtime.upstream.UpstreamRequest;
import dev.jarway.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An exchange's call of a service: one endpoint is tried after the other, until one has answered or no other may be tried. It
 * is over when the answer's headers are here; from then on there is no other try. Belongs to one event loop.
 */
final class ServiceCall {
    /** Those that may be sent twice without doing more than once (RFC 9110 section 9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    /** Those that change nothing (section 9.2.1). */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** How much of a request's body is kept for another try. */
    private static final long KEPT_BYTES = 64 * 1024;

    private static final long NO_TIMER = -1;

    private final ProxyLoop loop;
    private final Arrival arrival;
    private final ExchangeRequest request;
    private final GatewayExchange exchange;
    private final FilterRun filters;
    private final Order order;
    private final Service service;
    private final RetriesConfig retries;
    private final Consumer<Provisional> provisional;
    private final Place place;

    private @Nullable BodyTape body;

    /** What is asked of the next pick; null if no other endpoint may be tried. */
    private @Nullable Pick pick;

    private @Nullable Race race;
    private @Nullable EndpointTry answering;
    private @Nullable GatewayFailure givenUp;
    private @Nullable Duration waited;
    private int retried;
    private long timer = NO_TIMER;
    private long hedgeTimer = NO_TIMER;

    /**
     * What is to be called.
     *
     * @param plan where all services are
     * @param service the one
     * @param route that led to it
     * @param routed the path by which that was chosen
     */
    record Order(TrafficPlan plan, Service service, Route.Forward route, String routed) {}

    ServiceCall(
            ProxyLoop loop,
            Arrival arrival,
            GatewayExchange exchange,
            FilterRun filters,
            Order order,
            Consumer<Provisional> provisional) {
        this.loop = loop;
        this.arrival = arrival;
        this.request = arrival.request();
        this.exchange = exchange;
        this.filters = filters;
        this.order = order;
        this.service = order.service();
        this.retries = service.config().retries();
        this.provisional = provisional;
        this.place = new Place(service, loop.scope().context());
    }

    /** The answer, once its headers are here. Called once. */
    Future<Answer> answer() {
        service.timeouts().total().ifPresent(this::endAfter);
        Steering steering = exchange.steering();
        if (steering.endpoint() == null) {
            return toPicked();
        }
        Attempt steered = service.endpoints().steered(loop.index(), steering.endpoint());
        return steering.strictEndpoint()
                ? placed(place.take(), () -> steered)
                : placed(place.take(), () -> steered)
                        .recover(failure -> GatewayFailure.from(failure).code() == FailureCode.UPSTREAM_UNREACHABLE
                                ? toPicked()
                                : Future.failedFuture(failure));
    }

    private void endAfter(Duration total) {
        long millis = total.toMillis();
        timer = loop.scope()
                .vertx()
                .setTimer(
                        millis,
                        fired -> giveUp(GatewayFailure.of(
                                FailureCode.UPSTREAM_TIMEOUT, "not over within " + millis + " ms (timeouts.total)")));
    }

    private Future<Answer> toPicked() {
        Pick any = service.pickFor(exchange, request);
        return placed(place.take(), () -> {
            Attempt first = service.pick(loop.index(), any);
            if (retries.attempts() > 0 || service.config().hedge().isPresent()) {
                service.retries().request(loop.index());
                pick = any;
            }
            return first;
        });
    }

    /** Tries an endpoint that is chosen when there is a place: of one that is chosen before, nobody knows how it is by then. */
    private Future<Answer> placed(Future<Void> taken, Supplier<Attempt> choice) {
        return Sequel.to(taken, free -> givenUp == null ? attempt(choice.get()) : Future.failedFuture(givenUp))
                .onFailure(failure -> place.leave());
    }

    /** Tries an endpoint, then others if it comes to that. */
    private Future<Answer> attempt(Attempt attempt) {
        exchange.setEndpoint(attempt.endpoint());
        return Sequel.to(filters.onEndpointChosen(attempt.endpoint()), verdict -> switch (verdict) {
            case Verdict.Answer local -> {
                place.leave();
                yield Future.succeededFuture(Answer.of(local.response()));
            }
            case Verdict.Proceed go -> race(attempt).compose(this::decided);
            case Verdict.Reroute again -> throw new IllegalStateException("too late to reroute");
        });
    }

    private Future<Race.Finish> race(Attempt attempt) {
        arrival.checkAnnounced(exchange.steering());
        Race begun = new Race();
        race = begun;
        join(begun, attempt, place.pass());
        if (mayHedge()) {
            service.config().hedge().ifPresent(hedge -> hedge(begun, hedge, hedge.atMost()));
        }
        return begun.finish();
    }

    private void join(Race race, Attempt attempt, Permit permit) {
        if (pick != null) {
            pick = pick.after(attempt.live());
        }
        EndpointTry one = new EndpointTry(loop, attempt);
        if (givenUp != null) {
            one.giveUp(givenUp);
        }
        UpstreamLimits limits = UpstreamLimits.of(
                        service.timeouts(), exchange.steering().responseTimeout())
                .perTry(retries.perTryTimeout());
        race.join(one, one.send(this::message, limits, permit));
    }

    /** Only what changes nothing, and only if no filter has prepared the request for one endpoint. */
    private boolean mayHedge() {
        return service.config().hedge().isPresent()
                && pick != null
                && SAFE.contains(request.method())
                && !request.hasBody()
                && !arrival.wantsWebSocket()
                && !filters.listensToEndpoint();
    }

    private void hedge(Race running, HedgeConfig hedge, int left) {
        hedgeTimer = loop.scope().vertx().setTimer(hedge.after().toMillis(), fired -> {
            if (!running.isOver() && givenUp == null && joinAnother(running) && left > 1) {
                hedge(running, hedge, left - 1);
            }
        });
    }

    /** Asks another endpoint too, if there is one, and a place without waiting: who waits for it would only be in the way. */
    private boolean joinAnother(Race running) {
        Optional<Attempt> next = pick == null ? Optional.empty() : service.pickUntried(loop.index(), pick);
        Optional<Permit> free = next.flatMap(found -> service.placeAtOnce());
        if (next.isEmpty() || free.isEmpty()) {
            return false;
        }
        if (!service.retries().take(loop.index(), retries.budget())) {
            free.get().giveBack();
            return false;
        }
        exchange.addRetry();
        join(running, next.get(), free.get());
        return true;
    }

    private Future<Answer> decided(Race.Finish finish) {
        EndpointTry by = finish.by();
        answering = by;
        exchange.setEndpoint(by.attempt().endpoint());
        cancel(hedgeTimer);
        Future<UpstreamResponse> outcome = finish.outcome();
        return outcome.succeeded() ? arrived(outcome.result(), by) : failed(outcome.cause(), by);
    }

    private UpstreamRequest message() {
        arrival.tellProvenance();
        if (body == null) {
            body = new BodyTape(mirrored(), retries.attempts() > 0 ? KEPT_BYTES : 0);
        }
        return message(body.read());
    }

    private UpstreamRequest message(MessageBody content) {
        Rewrite rewrite = order.route().rewrite();
        return new UpstreamRequest(
                request.method(),
                rewrite.target(request, order.routed()),
                rewrite.authority(request),
                request.fields(),
                content,
                request.hasBody(),
                arrival.wantsWebSocket(),
                arrival.passExpectationOn(),
                provisional);
    }

    /** The request's body, of which a copy is taken if there is a mirror. */
    private MessageBody mirrored() {
        MessageBody content = filters.requestBody();
        Optional<Mirror> mirror = arrival.wantsWebSocket()
                ? Optional.empty()
                : order.route().mirror().filter(Mirror::takesOne);
        return mirror.isEmpty()
                ? content
                : mirror.get()
                        .copy(
                                message(content),
                                loop,
                                order.plan().service(mirror.get().service()));
    }

    private Future<Answer> arrived(UpstreamResponse response, EndpointTry by) {
        int status = response.answer().response().status();
        if (status >= 500 && StatusPattern.fits(retries.statuses(), status)) {
            Optional<Attempt> next = another(Mishap.OTHER);
            if (next.isPresent()) {
                Optional<Permit> kept = by.attempt().handOver();
                by.throwAway(response);
                return again(next.get(), kept);
            }
        }
        if (body != null) {
            body.release();
        }
        if (response.answer().isStream()) {
            end();
        }
        waited = response.waited();
        return Future.succeededFuture(response.answer());
    }

    private Future<Answer> failed(Throwable failure, EndpointTry by) {
        Mishap mishap = by.mishap();
        Optional<Attempt> next = mishap.isCovered(retries) ? another(mishap) : Optional.empty();
        return next.isPresent() ? again(next.get(), Optional.empty()) : Future.failedFuture(failure);
    }

    /** The next to be tried, if there is one and it may be. */
    private Optional<Attempt> another(Mishap mishap) {
        boolean repeatable = mishap.isUnsent() || IDEMPOTENT.contains(request.method());
        boolean mayGoOn = givenUp == null && retried < retries.attempts();
        if (pick == null || !mayGoOn || !repeatable || body == null || !body.isWhole()) {
            return Optional.empty();
        }
        return service.pickAgain(loop.index(), pick, mishap)
                .filter(next -> service.retries().take(loop.index(), retries.budget()));
    }

    /**
     * Tries that one, or another if it takes time until there is a place.
     *
     * @param kept the place, if there is one still
     */
    private Future<Answer> again(Attempt next, Optional<Permit> kept) {
        retried++;
        exchange.addRetry();
        kept.ifPresent(place::hold);
        Future<Void> taken = kept.isPresent() ? Future.succeededFuture() : place.take();
        boolean atOnce = taken.isComplete();
        return placed(taken, () -> atOnce || pick == null ? next : service.pick(loop.index(), pick));
    }

    /** How long the endpoint that has answered took to do so; empty if none has. */
    Optional<Duration> waited() {
        return Optional.ofNullable(waited);
    }

    /** Gives it up for that reason: nothing more is tried, and what is under way is broken off. */
    void giveUp(GatewayFailure why) {
        if (givenUp == null) {
            givenUp = why;
        }
        place.giveUp(why);
        if (race != null) {
            race.giveUp(why);
        }
        if (answering != null) {
            answering.giveUp(why);
        }
    }

    /** It has no time limit any more. */
    void end() {
        cancel(timer);
    }

    private void cancel(long one) {
        if (one != NO_TIMER) {
            loop.scope().vertx().cancelTimer(one);
        }
    }

    /** Whether an endpoint is waited for, whose limits hold then. */
    boolean isUnderWay() {
        return (race != null && race.isUnderWay()) || (answering != null && answering.isUnderWay());
    }
}
