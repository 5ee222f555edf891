package dev.jarway.runtime.proxy;

import java.util.List;
import java.util.Optional;

/** What becomes of the requests of a route. */
public sealed interface Route {

    /** In the configuration. */
    String name();

    /** The filters, one chain for each class of hosts. */
    List<Chain> chains();

    /**
     * They go to a service.
     *
     * @param service its name
     * @param rewrite how they change on the way
     * @param mirror where copies of them go
     */
    record Forward(String name, String service, Rewrite rewrite, Optional<Mirror> mirror, List<Chain> chains)
            implements Route {
        public Forward {
            chains = List.copyOf(chains);
        }
    }

    /**
     * Their clients are sent elsewhere.
     *
     * @param redirect where to
     */
    record Elsewhere(String name, Redirect redirect, List<Chain> chains) implements Route {
        public Elsewhere {
            chains = List.copyOf(chains);
        }
    }
}
