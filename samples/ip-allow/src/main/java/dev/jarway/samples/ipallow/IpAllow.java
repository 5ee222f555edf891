package dev.jarway.samples.ipallow;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Default;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import java.util.List;

/**
 * Lets requests pass by the address of the client. Shows work that is done once, in {@code create}, and filters that hold nothing
 * of a request, so that each serves all of them.
 */
public final class IpAllow implements PluginFactory<IpAllow.Config> {
    private static final Action FORBIDDEN = Action.respond(LocalResponse.of(403, "forbidden\n"));

    private static final Filter PASS = new Filter() {};
    private static final Filter REFUSE = new Filter() {
        @Override
        public Action onRequestHeaders(Request request) {
            return FORBIDDEN;
        }
    };

    /**
     * Whom to let pass: addresses such as {@code 192.0.2.7}, and networks such as {@code 10.0.0.0/8} and {@code 2001:db8::/32}.
     *
     * @param allow nobody else, if there are any
     * @param deny none of these, whatever {@code allow} says
     */
    public record Config(
            @Default("[]") List<String> allow,
            @Default("[]") List<String> deny) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        if (config.allow().isEmpty() && config.deny().isEmpty()) {
            throw new IllegalArgumentException("allow, deny: both empty (expected: at least one address or network)");
        }
        var addresses = new AddressRule(Network.all("allow", config.allow()), Network.all("deny", config.deny()));
        return exchange -> addresses.permits(exchange.remoteAddress().getAddress()) ? PASS : REFUSE;
    }
}
