package dev.jarway.runtime.proxy;

import java.util.List;

/**
 * What a request's route says: where to, and through which filters.
 *
 * @param name in the configuration
 * @param service the name of the service
 * @param chains one for each class of hosts
 */
public record Route(String name, String service, List<Chain> chains) {
    public Route {
        chains = List.copyOf(chains);
    }
}
