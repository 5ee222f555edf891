package dev.jarway.runtime.upstream;

import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.config.ServiceConfig;
import dev.jarway.runtime.config.TimeoutsConfig;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What requests are forwarded to, under one name. Shared by all event loops; each takes the endpoints in turns of its own, so
 * that picking one costs nothing shared.
 */
public final class Service {
    private final ServiceConfig config;
    private final List<Endpoint> endpoints;
    private final List<WeightedTurns> turns;

    private Service(ServiceConfig config, List<Endpoint> endpoints, int loops) {
        this.config = config;
        this.endpoints = endpoints;
        this.turns = IntStream.range(0, loops)
                .mapToObj(loop -> new WeightedTurns(endpoints, loop))
                .toList();
    }

    /** A service as configured, for that many event loops. */
    public static Service of(ServiceConfig config, int loops) {
        List<Endpoint> endpoints = config.endpoints().stream()
                .map(endpoint -> new Endpoint(URI.create(endpoint.url()), endpoint.weight()))
                .toList();
        return new Service(config, endpoints, loops);
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

    /** Its addresses. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /** The endpoint whose turn it is on that event loop, which has to be the calling one. */
    public Endpoint pick(int loop) {
        return turns.get(loop).next();
    }
}
