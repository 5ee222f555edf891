package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ActiveHealthConfig;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A way to ask an endpoint how it is. */
public interface Probe {

    /**
     * Asks once, without blocking.
     *
     * @return what is wrong; empty if the endpoint is well. Completes within the configuration's timeout, on any thread, and
     *     never fails
     */
    CompletionStage<Optional<String>> ask(EndpointAddress address, Dialect dialect, ActiveHealthConfig config);
}
