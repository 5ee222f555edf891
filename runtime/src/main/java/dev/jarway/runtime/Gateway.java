package dev.jarway.runtime;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.runtime.admin.AdminEndpoint;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.listener.Listeners;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.Fallback;
import dev.jarway.runtime.snapshot.Inventory;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.upgrade.Predecessor;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The gateway, which serves from the moment that there is one until it is closed. May be used by any thread. */
public final class Gateway implements AutoCloseable {
    private final Teardown teardown;
    private final Listeners listeners;
    private final PluginLoader loader;
    private final AdminEndpoint.Parts parts;
    private final AdminEndpoint admin;
    private final InCharge charge;

    Gateway(
            Teardown teardown,
            Listeners listeners,
            PluginLoader loader,
            AdminEndpoint.Parts parts,
            AdminEndpoint admin,
            InCharge charge) {
        this.teardown = teardown;
        this.listeners = listeners;
        this.loader = loader;
        this.parts = parts;
        this.admin = admin;
        this.charge = charge;
    }

    /**
     * Starts a gateway; it serves when this returns.
     *
     * @throws StartException if it cannot; nothing is left running then
     */
    public static Gateway start(GatewayOptions options) throws StartException {
        return start(options, new Beginning.First());
    }

    /**
     * Starts a gateway in the place of the one that runs on the same data directory, perhaps of another version. When this
     * returns, this one serves, and the other has begun to end.
     *
     * @param announce what is to happen between the two; it must not throw
     * @throws StartException if it cannot; the other one goes on as if nothing had been
     */
    public static Gateway succeed(GatewayOptions options, Runnable announce) throws StartException {
        try (Predecessor predecessor = Predecessor.on(options.data())) {
            return start(options, new Beginning.Succession(predecessor, announce));
        } catch (IOException e) {
            throw StartException.upgrade(String.valueOf(e.getMessage()), e);
        }
    }

    private static Gateway start(GatewayOptions options, Beginning beginning) throws StartException {
        Teardown teardown = new Teardown();
        try {
            return new Assembly(options, beginning, teardown).start();
        } catch (Exception e) {
            teardown.run();
            if (e instanceof StartException known) {
                throw known;
            }
            if (e instanceof ExecutionException && e.getCause() instanceof IOException address) {
                throw StartException.address(String.valueOf(address.getMessage()), address);
            }
            throw StartException.files(String.valueOf(e.getMessage()), e);
        }
    }

    /** The listeners that are open, with the ports that they are bound to. */
    public List<HttpListener> listeners() {
        return listeners.open();
    }

    /** The port of the admin endpoint. */
    public int adminPort() {
        return admin.port();
    }

    /** What is in force. */
    public Snapshot snapshot() {
        return parts.holder().snapshot().orElseThrow();
    }

    /** The revisions that are kept. */
    public History history() {
        return parts.changes().history();
    }

    /** That it has started on an earlier revision than it was meant to, as long as that is so. */
    public Optional<Fallback> fallback() {
        return parts.changes().fallback();
    }

    /** The configuration's file, and the ways to change it. */
    public ConfigSource config() {
        return parts.source();
    }

    /** Which plugins there are now, and which files of the drop folder cannot be used. */
    public Inventory plugins() {
        return parts.changes().inventory();
    }

    /** The generations that are loaded, or closed and not collected yet, oldest first. */
    public List<LoadedPlugin> generations() {
        return loader.generations();
    }

    /** Says what becomes of a closed generation: COLLECTED or ZOMBIE. Fails if it is not closed. */
    public CompletableFuture<GenerationState> collect(LoadedPlugin generation) {
        return loader.collect(generation);
    }

    /** Complete when a successor has taken over, and the last of what was under way here is over. */
    public CompletableFuture<Void> succeeded() {
        return charge.succeeded();
    }

    /**
     * Stops: no connection is accepted any more, requests under way have until the configured deadline, then plugins are
     * closed. Returns when all is over.
     */
    @Override
    public void close() {
        teardown.run();
    }
}
