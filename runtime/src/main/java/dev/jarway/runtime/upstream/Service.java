package dev.jarway.runtime.upstream;

import dev.jarway.runtime.balance.Attempt;
import dev.jarway.runtime.balance.Permit;
import dev.jarway.runtime.balance.Pick;
import dev.jarway.runtime.balance.ServiceEndpoints;
import dev.jarway.runtime.balance.ServiceUsage;
import dev.jarway.runtime.config.ServiceConfig;
import dev.jarway.runtime.config.TimeoutsConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.filter.StableHash;
import dev.jarway.runtime.filter.StickyKey;
import java.util.Optional;

/** What requests are forwarded to, under one name. Shared by all event loops, each of which picks endpoints for itself. */
public final class Service {
    private final ServiceConfig config;
    private final ServiceEndpoints endpoints;
    private final ServiceUsage usage;
    private final RetryBudget retries;
    private final Optional<StickyKey> callers;

    private Service(ServiceConfig config, ServiceEndpoints endpoints, ServiceUsage usage, RetryBudget retries) {
        this.config = config;
        this.endpoints = endpoints;
        this.usage = usage;
        this.retries = retries;
        this.callers = config.hash().map(StickyKey::of);
    }

    /**
     * A service with these endpoints.
     *
     * @param before the same service as it was configured before, of which requests may be under way
     */
    public static Service of(ServiceEndpoints endpoints, Optional<Service> before) {
        return new Service(
                endpoints.config(),
                endpoints,
                before.map(Service::usage).orElseGet(ServiceUsage::new),
                before.map(Service::retries)
                        .orElseGet(() -> new RetryBudget(
                                endpoints.loops(), endpoints.timing().nanoTime())));
    }

    /** The name in the configuration. */
    public String name() {
        return config.name();
    }

    /** What it was made from. */
    public ServiceConfig config() {
        return config;
    }

    /** How long to wait for it. */
    public TimeoutsConfig timeouts() {
        return config.timeouts();
    }

    /** Its endpoints. */
    public ServiceEndpoints endpoints() {
        return endpoints;
    }

    /** How much of it is in use, if it has limits. */
    public ServiceUsage usage() {
        return usage;
    }

    /** A place for a request that does not wait for one; empty if it would have to. */
    public Optional<Permit> placeAtOnce() {
        return config.limits().isAny() ? usage.enterAtOnce(config.limits()) : Optional.of(Permit.FREE);
    }

    /** How often requests to it are tried again. */
    public RetryBudget retries() {
        return retries;
    }

    /** What an exchange asks of the first pick: the endpoint of its caller, if callers have endpoints here. */
    public Pick pickFor(GatewayExchange exchange, ExchangeRequest request) {
        return callers.flatMap(key -> key.of(exchange, request))
                .map(key -> Pick.of(StableHash.of(key)))
                .orElseGet(Pick::any);
    }

    /**
     * The endpoint for a request.
     *
     * @param loop the index of the calling event loop
     * @throws GatewayFailure if none can be used
     */
    public Attempt pick(int loop, Pick pick) {
        return endpoints
                .pick(loop, pick)
                .orElseThrow(() -> GatewayFailure.of(
                        FailureCode.NO_ENDPOINT, "service '" + name() + "': " + endpoints.obstacle()));
    }

    /**
     * The endpoint for another try, if there is one that would help: one with which no connection could be had is not asked
     * again at once.
     */
    public Optional<Attempt> pickAgain(int loop, Pick pick, Mishap why) {
        return why == Mishap.CONNECT_FAILURE ? pickUntried(loop, pick) : endpoints.pick(loop, pick);
    }

    /** An endpoint that has not been tried yet, if there is one. */
    public Optional<Attempt> pickUntried(int loop, Pick pick) {
        return endpoints.pick(loop, pick).filter(next -> !pick.tried().contains(next.live()));
    }
}
