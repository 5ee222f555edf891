package dev.jarway.runtime.config;

import jakarta.validation.constraints.NotEmpty;
import java.util.List;

/**
 * The PROXY protocol on a listener, by which a proxy in front says whom it speaks for.
 *
 * @param from the proxies: addresses, or networks such as {@code 10.0.0.0/8}. Nobody else may connect there
 */
public record ProxyProtocolConfig(@NotEmpty List<String> from) {
    public ProxyProtocolConfig {
        from = List.copyOf(from);
    }

    /** The proxies' networks. */
    public List<Network> networks() {
        return from.stream().map(Network::parse).toList();
    }
}
