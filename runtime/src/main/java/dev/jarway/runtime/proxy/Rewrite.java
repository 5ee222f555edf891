package dev.jarway.runtime.proxy;

import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.config.RewriteConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.routing.PathTemplate;
import io.vertx.core.net.HostAndPort;
import java.util.Optional;

/**
 * How requests of a route change on their way to the service. Immutable.
 *
 * @param path in place of theirs
 * @param authority in place of theirs
 */
public record Rewrite(Optional<PathTemplate> path, Optional<HostAndPort> authority) {
    /** They do not. */
    public static final Rewrite NONE = new Rewrite(Optional.empty(), Optional.empty());

    /** As configured. */
    public static Rewrite of(MatchConfig match, RewriteConfig config) {
        Optional<String> written = config.path()
                .or(() -> config.prefix()
                        .map(prefix ->
                                (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + "/**"));
        return new Rewrite(
                written.map(path -> PathTemplate.of(match.path(), path)),
                config.host().map(host -> HostAndPort.parseAuthority(host, -1)));
    }

    /**
     * The target that is sent.
     *
     * @param routed the path by which the route was chosen; a filter that has changed it since has the last word
     */
    String target(ExchangeRequest request, String routed) {
        return path.filter(template -> routed.startsWith("/") && routed.equals(request.path()))
                .map(template -> template.fill(request.target()))
                .orElseGet(request::target);
    }

    /** The host that is sent, with its port if it has one. */
    HostAndPort authority(ExchangeRequest request) {
        return authority.orElseGet(() -> HostAndPort.authority(request.host(), request.port()));
    }
}
