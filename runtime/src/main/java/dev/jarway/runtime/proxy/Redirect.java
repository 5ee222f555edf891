package dev.jarway.runtime.proxy;

import dev.jarway.plugin.LocalResponse;
import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.config.RedirectConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.routing.PathTemplate;
import java.util.Optional;

/**
 * Where clients are sent. Immutable.
 *
 * @param config what is written
 * @param path in place of the request's
 */
public record Redirect(RedirectConfig config, Optional<PathTemplate> path) {

    /** As configured. */
    public static Redirect of(MatchConfig match, RedirectConfig config) {
        return new Redirect(config, config.path().map(path -> PathTemplate.of(match.path(), path)));
    }

    /**
     * What a client is told.
     *
     * @param routed the path by which the route was chosen
     */
    LocalResponse answer(ExchangeRequest request, String routed) {
        return LocalResponse.of(config.status())
                .withHeader("location", config.location().orElseGet(() -> composed(request, routed)));
    }

    private String composed(ExchangeRequest request, String routed) {
        String scheme = config.scheme().orElseGet(request::scheme);
        String target = path.filter(template -> routed.startsWith("/") && routed.equals(request.path()))
                .map(template -> template.fill(request.target()))
                .orElseGet(request::target);
        return scheme + "://" + config.host().orElseGet(() -> authority(request, scheme))
                + (target.startsWith("/") ? target : "/");
    }

    /** A port belongs to its scheme: where that changes, it is the standard one. */
    private static String authority(ExchangeRequest request, String scheme) {
        boolean keeps = request.port() >= 0 && scheme.equals(request.scheme());
        return keeps ? request.host() + ":" + request.port() : request.host();
    }
}
