package dev.jarway.runtime.proxy;

import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.exchange.Answer;
import dev.jarway.runtime.exchange.ExchangeOutcome;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.exchange.Steering;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.filter.FilterRun;
import dev.jarway.runtime.filter.Verdict;
import dev.jarway.runtime.observability.AccessLog;
import dev.jarway.runtime.routing.RouteMatch;
import dev.jarway.runtime.upstream.Service;
import dev.jarway.runtime.upstream.UpstreamCall;
import dev.jarway.runtime.upstream.UpstreamLimits;
import dev.jarway.runtime.upstream.UpstreamResponse;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
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

    private @Nullable UpstreamCall call;
    private @Nullable GatewayFailure cut;
    private @Nullable Duration serviceDuration;
    private int reroutes;

    private RequestFlow(HttpServerRequest received, BodyOnset onset, ProxyLoop loop, PlanLease lease) {
        this.loop = loop;
        this.lease = lease;
        this.arrival = Arrival.of(received, onset);
        this.request = arrival.request();
        this.exchange = new GatewayExchange(
                loop.ids().next(), received, request, lease.plan().services()::containsKey, arrival.at());
        this.filters = new FilterRun(exchange, request, arrival.body(exchange.steering()), loop.scope());
        this.writer = new ResponseWriter(received, loop.scope().vertx());
        this.failures = new FailureAnswer(exchange.id());
    }

    /**
     * Takes a request through the gateway. Called on the event loop of its connection, before anything of its body is read.
     *
     * @param lease is released when the exchange is over
     */
    public static void serve(HttpServerRequest received, ProxyLoop loop, PlanLease lease) {
        BodyOnset.find(received, loop.scope().context(), onset -> serve(received, onset, loop, lease));
    }

    private static void serve(HttpServerRequest received, BodyOnset onset, ProxyLoop loop, PlanLease lease) {
        RequestFlow flow;
        try {
            flow = new RequestFlow(received, onset, loop, lease);
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
        Future.succeededFuture()
                .compose(begun -> answer())
                .otherwise(failures::answer)
                .compose(answer -> filters.onResponse(answer, failures::answer))
                .compose(answer -> writer.send(answer, failures))
                .onComplete(sent -> finish(sent.succeeded()));
    }

    private Future<Answer> answer() {
        if (arrival.refusal() != null) {
            return Future.failedFuture(arrival.refusal());
        }
        return throughGateway();
    }

    /** The gateway's own filters come first. Which these are depends on route and host too, so these are looked up before. */
    private Future<Answer> throughGateway() {
        Resolution before = lease.plan().resolve(request);
        int changes = request.changes();
        return filters.onRequest(before.chain().gateway()).compose(verdict -> switch (verdict) {
            case Verdict.Proceed go ->
                throughRoute(
                        request.changes() == changes ? before : lease.plan().resolve(request));
            case Verdict.Reroute again -> reroute();
            case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
        });
    }

    private Future<Answer> reroute() {
        if (++reroutes > MOST_REROUTES) {
            return Future.failedFuture(
                    GatewayFailure.of(FailureCode.REROUTE_LOOP, "more than " + MOST_REROUTES + " times"));
        }
        return throughRoute(lease.plan().resolve(request));
    }

    /** The filters of host and route follow, even where there is no route: they may answer, or change what is looked for. */
    private Future<Answer> throughRoute(Resolution resolution) {
        if (resolution.match() instanceof RouteMatch.Found<Route> found) {
            exchange.setRoute(found.route().name(), found.route().service());
        }
        return filters.onRequest(resolution.chain().route()).compose(verdict -> switch (verdict) {
            case Verdict.Proceed go -> toService(resolution);
            case Verdict.Reroute again -> reroute();
            case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
        });
    }

    private Future<Answer> toService(Resolution resolution) {
        return switch (resolution.match()) {
            case RouteMatch.Found<Route> found -> throughService(resolution, found.route());
            case RouteMatch.NotFound<Route> missed ->
                Future.failedFuture(GatewayFailure.of(FailureCode.NO_ROUTE, "for this host, path and method"));
            case RouteMatch.MethodNotAllowed<Route> refused -> {
                failures.allow(refused.allow());
                yield Future.failedFuture(GatewayFailure.of(
                        FailureCode.METHOD_NOT_ALLOWED, "allowed: " + String.join(", ", refused.allow())));
            }
        };
    }

    private Future<Answer> throughService(Resolution resolution, Route route) {
        String name = exchange.service().orElse(route.service());
        Service service = lease.plan().service(name);
        return filters.onRequest(lease.plan().serviceFilters(resolution.chain(), route, name))
                .compose(verdict -> switch (verdict) {
                    case Verdict.Proceed go -> toEndpoint(service);
                    case Verdict.Reroute again -> reroute();
                    case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
                });
    }

    private Future<Answer> toEndpoint(Service service) {
        Steering steering = exchange.steering();
        if (steering.endpoint() == null) {
            return send(service, service.pick(loop.index()));
        }
        Future<Answer> steered = send(service, new Endpoint(steering.endpoint(), 1));
        return steering.strictEndpoint()
                ? steered
                : steered.recover(failure -> GatewayFailure.from(failure).code() == FailureCode.UPSTREAM_UNREACHABLE
                        ? send(service, service.pick(loop.index()))
                        : Future.failedFuture(failure));
    }

    private Future<Answer> send(Service service, Endpoint endpoint) {
        exchange.setEndpoint(endpoint);
        return filters.onEndpointChosen(endpoint).compose(verdict -> switch (verdict) {
            case Verdict.Answer local -> Future.succeededFuture(Answer.of(local.response()));
            case Verdict.Proceed go -> forward(service, endpoint);
            case Verdict.Reroute again -> throw new IllegalStateException("too late to reroute");
        });
    }

    private Future<Answer> forward(Service service, Endpoint endpoint) {
        if (arrival.gone()) {
            return Future.failedFuture(Arrival.clientGone());
        }
        if (cut != null) {
            return Future.failedFuture(cut);
        }
        ForwardedFields.write(exchange, request);
        UpstreamLimits limits =
                UpstreamLimits.of(service.timeouts(), exchange.steering().responseTimeout());
        call = UpstreamCall.start(
                loop.client(),
                endpoint,
                new UpstreamCall.Message(request, filters.requestBody(), arrival.wantsWebSocket()),
                limits);
        return call.response().map(this::arrived);
    }

    private Answer arrived(UpstreamResponse response) {
        serviceDuration = response.waited();
        return response.answer();
    }

    /** Nobody waits for the answer any more, so nobody needs to give it. */
    private void clientGone() {
        if (call != null) {
            call.abandon(Arrival.clientGone());
        }
    }

    boolean holds(PlanLease other) {
        return lease == other;
    }

    boolean isOn(HttpConnection connection) {
        return arrival.isOn(connection);
    }

    /** Whether its client has to go on first, to send or to read; not so while a call sees to that with limits of its own. */
    boolean waitsForClient() {
        return (call == null || call.over()) && (arrival.waitsForClient() || writer.waitsForClient());
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
        if (call != null) {
            call.abandon(why);
        }
    }

    private void finish(boolean completed) {
        arrival.finish(loop.scope().vertx());
        ExchangeOutcome outcome = new ExchangeOutcome(
                writer.status(),
                arrival.bodyBytes() + writer.tunnelledBytes(),
                writer.bytes(),
                arrival.elapsed(),
                Optional.ofNullable(serviceDuration),
                completed,
                failures.last().map(failure -> failure.code().name()));
        filters.complete(outcome).onComplete(told -> {
            AccessLog.write(lease.plan().accessLog(), exchange, outcome);
            loop.underWay().remove(this);
            lease.release();
        });
    }
}
