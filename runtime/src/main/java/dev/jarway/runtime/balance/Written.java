package dev.jarway.runtime.balance;

import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.config.EndpointConfig;
import java.net.URI;

/**
 * An endpoint as somebody has written it down, in the configuration or through a discovery. Its host may be a name, which may
 * stand for several addresses.
 */
record Written(Endpoint endpoint, int priority) {

    static Written of(EndpointConfig config) {
        return new Written(new Endpoint(URI.create(config.url()), config.weight()), config.priority());
    }

    static Written discovered(Endpoint endpoint) {
        return new Written(endpoint, 0);
    }

    EndpointAddress address() {
        return EndpointAddress.of(endpoint);
    }
}
