package dev.jarway.plugin;

import java.util.List;

/**
 * A plugin that keeps the endpoints of a service up to date.
 *
 * <pre>{@code
 * return endpoints -> context.scheduler().every(Duration.ofSeconds(5), () -> endpoints.replace(readFromFile()));
 * }</pre>
 */
@SuppressWarnings("try") // close() may well throw InterruptedException: the gateway is its only caller
@FunctionalInterface
public non-sealed interface DiscoveryPlugin extends Plugin {

    /**
     * Begins to watch. Called once, off the event loop, after {@link PluginFactory#create}. The plugin goes on to call
     * {@link Endpoints#replace} from any thread until it is closed; calls after that have no effect.
     *
     * @throws Exception to refuse the change of which this service is a part
     */
    void watch(Endpoints endpoints) throws Exception;

    /** The endpoints of one service, as their discovery sees them. */
    interface Endpoints {

        /** Takes these endpoints in place of all earlier ones. An empty list means that none is known. Never blocks. */
        void replace(List<Endpoint> endpoints);
    }
}
