package dev.jarway.runtime.proxy;

import dev.jarway.plugin.LocalResponse;
import dev.jarway.runtime.admission.Admission;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.ExchangeOutcome;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.exchange.Provisional;
import dev.jarway.runtime.exchange.Sequel;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.filter.FilterRun;
import dev.jarway.runtime.filter.Verdict;
import dev.jarway.runtime.observability.AccessLog;
import dev.jarway.runtime.overload.Pass;
import dev.jarway.runtime.routing.RouteMatch;
import io.netty.channel.Channel;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where does a request go? The way of one request, from its headers to its line in the access log: read {@link #run} and what
 * it calls, from top to bottom. Belongs to one event loop.
 */
public final class RequestFlow {
    private static final Logger log = LoggerFactory.getLogger(RequestFlow.class);
    private static final int MOST_REROUTES = 8;
    private static final Future<Void> BEGUN = Future.succeededFuture();

    private final ProxyLoop loop;
    private final PlanLease lease;
    private final Arrival arrival;
    private final ExchangeRequest request;
    private final GatewayExchange exchange;
    private final FilterRun filters;
    private final ResponseWriter writer;
    private final FailureAnswer failures;

    /** Where it stands in the list of those under way. Of that list alone. */
    int place;

    private Pass pass = Pass.FREE;
    private Pass routePass = Pass.FREE;
    private @Nullable ServiceCall call;
    private @Nullable GatewayFailure cut;
    private int reroutes;

    /** Null where there is no body, or where something else sees to it. */
    private final @Nullable BodyClock bodyClock;

    private RequestFlow(
            HttpServerRequest received, BodyOnset onset, ProxyLoop loop, PlanLease lease, Admission admission) {
        this.loop = loop;
        this.lease = lease;
        this.arrival = Arrival.of(received, onset, admission);
        this.request = arrival.request();
        this.exchange = new GatewayExchange(
                loop.ids().next(), received, request, lease.plan().services()::containsKey, arrival.at());
        this.filters = new FilterRun(exchange, request, arrival.body(exchange.steering()), loop.scope());
        this.writer = new ResponseWriter(received, loop.scope().vertx(), arrival, admission.door());
        this.failures = new FailureAnswer(exchange.id(), request.fields().get(HttpHeaders.CONTENT_TYPE));
        this.bodyClock = request.hasBody() && received.version().compareTo(HttpVersion.HTTP_2) >= 0
                ? BodyClock.start(loop.scope().vertx(), admission.door(), arrival, this::bodyIsLate)
                : null;
    }

    /**
     * Takes a request through the gateway. Called on the event loop of its connection, before anything of its body is read.
     *
     * @param lease is released when the exchange is over
     * @param admission lets it in or does not
     */
    public static void serve(HttpServerRequest received, ProxyLoop loop, PlanLease lease, Admission admission) {
        BodyOnset.find(received, loop, onset -> serve(received, onset, loop, lease, admission));
    }

    private static void serve(
            HttpServerRequest received, BodyOnset onset, ProxyLoop loop, PlanLease lease, Admission admission) {
        RequestFlow flow;
        try {
            flow = new RequestFlow(received, onset, loop, lease, admission);
        } catch (RuntimeException e) {
            log.error("A request could not even begin", e);
            received.response().setStatusCode(FailureCode.INTERNAL.status()).end();
            lease.release();
            return;
        }
        flow.run();
    }

    private void run() {
        loop.underWay().add(this);
        arrival.onClientGone(this::clientGone);
        Sequel.to(BEGUN, begun -> answer())
                .transform(this::respond)
                .recover(failure -> writer.sendBare(failure, failures))
                .onComplete(sent -> finish(sent.succeeded()));
    }

    /** The filters see the answer too, be it the one to a failure. */
    private Future<Void> respond(AsyncResult<Answer> came) {
        Answer answer = came.succeeded() ? came.result() : failures.answer(came.cause());
        return Sequel.to(filters.onResponse(answer, failures::answer), shown -> writer.send(shown, failures));
    }

    private Future<Answer> answer() {
        if (arrival.refusal() != null) {
            return Future.failedFuture(arrival.refusal());
        }
        if (HopFields.endHere(request)) {
            return Future.succeededFuture(Answer.of(LocalResponse.of(204)));
        }
        return throughGateway();
    }

    /** The gateway's own filters come first. Which these are depends on route and host too, so these are looked up before. */
    private Future<Answer> throughGateway() {
        Resolution before = lease.plan().resolve(exchange, request);
        failures.retryAfter(lease.plan().overload().retryAfter());
        if (!lease.plan().isExempt(before)) {
            pass = loop.overload().enter(lease.plan().overload());
        }
        int changes = request.changes(before.byFields());
        return Sequel.to(filters.onRequest(before.chain().gateway()), verdict -> switch (verdict) {
            case Verdict.Proceed go ->
                throughRoute(
                        request.changes(before.byFields()) == changes
                                ? before
                                : lease.plan().resolve(exchange, request));
            case Verdict.Reroute again -> reroute();
            case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
        });
    }

    private Future<Answer> reroute() {
        if (++reroutes > MOST_REROUTES) {
            return Future.failedFuture(
                    GatewayFailure.of(FailureCode.REROUTE_LOOP, "more than " + MOST_REROUTES + " times"));
        }
        return throughRoute(lease.plan().resolve(exchange, request));
    }

    /** The filters of host and route follow, even where there is no route: they may answer, or change what is looked for. */
    private Future<Answer> throughRoute(Resolution resolution) {
        if (resolution.match() instanceof RouteMatch.Found<Route> found) {
            Route route = found.route();
            exchange.setRoute(route.name(), route instanceof Route.Forward forward ? forward.service() : null);
        }
        return Sequel.to(filters.onRequest(resolution.chain().route()), verdict -> switch (verdict) {
            case Verdict.Proceed go -> toService(resolution);
            case Verdict.Reroute again -> reroute();
            case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
        });
    }

    private Future<Answer> toService(Resolution resolution) {
        return switch (resolution.match()) {
            case RouteMatch.Found<Route> found -> {
                routePass.giveBack(); // After a reroute, that of another route.
                routePass = Pass.FREE;
                routePass = lease.plan().gate(found.route()).enter(loop.overload());
                yield switch (found.route()) {
                    case Route.Forward forward -> throughService(resolution, forward);
                    case Route.Elsewhere elsewhere ->
                        Future.succeededFuture(Answer.of(elsewhere.redirect().answer(request, resolution.path())));
                };
            }
            case RouteMatch.NotFound<Route> missed ->
                Future.failedFuture(GatewayFailure.of(FailureCode.NO_ROUTE, "for this host, path and method"));
            case RouteMatch.MethodNotAllowed<Route> refused -> {
                failures.allow(refused.allow());
                yield Future.failedFuture(GatewayFailure.of(
                        FailureCode.METHOD_NOT_ALLOWED, "allowed: " + String.join(", ", refused.allow())));
            }
        };
    }

    private Future<Answer> throughService(Resolution resolution, Route.Forward route) {
        String name = exchange.service().orElse(route.service());
        ServiceCall.Order order =
                new ServiceCall.Order(lease.plan(), lease.plan().service(name), route, resolution.path());
        return Sequel.to(
                filters.onRequest(lease.plan().serviceFilters(resolution.chain(), route, name)),
                verdict -> switch (verdict) {
                    case Verdict.Proceed go -> call(order);
                    case Verdict.Reroute again -> reroute();
                    case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
                });
    }

    private Future<Answer> call(ServiceCall.Order order) {
        ServiceCall to = new ServiceCall(loop, arrival, exchange, filters, order, this::provisional);
        call = to;
        if (arrival.gone()) {
            to.giveUp(Arrival.clientGone());
        } else if (cut != null) {
            to.giveUp(cut);
        }
        return to.answer().onComplete(answer -> routePass.answered(true, arrival.completeAt()), this::weigh);
    }

    /** Only what took the service's time says how much it bears; other failures come at once, and would look like speed. */
    private void weigh(Throwable failure) {
        FailureCode code = GatewayFailure.from(failure).code();
        if (code == FailureCode.UPSTREAM_TIMEOUT || code == FailureCode.UPSTREAM_BROKEN) {
            routePass.answered(false, arrival.completeAt());
        }
    }

    private void provisional(Provisional response) {
        if (response.status() == Provisional.CONTINUE) {
            arrival.continued();
        }
        writer.provisional(response);
    }

    /** Nobody waits for the answer any more, so nobody needs to give it, and nobody will take what there is of it. */
    private void clientGone() {
        GatewayFailure why = Arrival.clientGone();
        giveUp(why);
        writer.clientGone(why);
    }

    private void giveUp(GatewayFailure why) {
        if (call != null) {
            call.giveUp(why);
        }
    }

    boolean holds(PlanLease other) {
        return lease == other;
    }

    boolean isOn(HttpConnection connection) {
        return arrival.isOn(connection);
    }

    boolean isOn(Channel channel) {
        return arrival.isOn(channel);
    }

    /** Whether its request is not complete. */
    boolean isArriving() {
        return arrival.completeAt().isEmpty();
    }

    /** Whether more of the request's body is to come before anything goes on. */
    boolean waitsForBody() {
        return arrival.waitsForClient();
    }

    /** Ends it, since the rest of its request cannot be understood, or does not come. */
    void breakOff(GatewayFailure why) {
        if (writer.begun()) {
            failures.note(why);
        }
        arrival.breakConnection(why);
        giveUp(why);
    }

    private void bodyIsLate(GatewayFailure why) {
        if (writer.begun()) {
            failures.note(why);
        }
        arrival.breakOff(why);
        giveUp(why);
    }

    /** Whether its client has to go on first, to send or to read; not so while a call sees to that with limits of its own. */
    boolean waitsForClient() {
        return (call == null || !call.isUnderWay()) && (arrival.waitsForClient() || writer.waitsForClient());
    }

    /** Ends it, since what it began on has been replaced for longer than a request may take, or the gateway stops. */
    void cut() {
        if (cut != null) {
            return;
        }
        GatewayFailure why = GatewayFailure.of(FailureCode.DRAINED, "its drain.deadline is over");
        cut = why;
        if (writer.begun()) {
            failures.note(why);
            writer.cut(why);
            return;
        }
        arrival.breakOff(why);
        giveUp(why);
    }

    /** Nothing that goes wrong with a request's rest may keep what has been lent to it. */
    private void finishArrival() {
        try {
            arrival.finish(loop.scope().vertx());
        } catch (RuntimeException e) {
            log.error("exchange {}: the rest of its request could not be seen to", exchange.id(), e);
        }
    }

    private void finish(boolean completed) {
        if (bodyClock != null) {
            bodyClock.stop();
        }
        if (call != null) {
            call.end();
        }
        routePass.giveBack();
        pass.giveBack();
        finishArrival();
        ExchangeOutcome outcome = new ExchangeOutcome(
                writer.status(),
                arrival.bodyBytes() + writer.tunnelledBytes(),
                writer.bytes(),
                arrival.elapsed(),
                call == null ? Optional.empty() : call.waited(),
                completed,
                failures.last().map(failure -> failure.code().name()));
        filters.complete(outcome).onComplete(told -> {
            AccessLog.write(
                    lease.plan().accessLog(), exchange, outcome, failures.last().map(GatewayFailure::detail));
            loop.underWay().remove(this);
            lease.release();
        });
    }
}
