package dev.jarway.runtime.balance;

import dev.jarway.plugin.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The finding of a service's members as time goes on: what a plugin discovers, and which addresses names stand for. Belongs to
 * the caretaker's thread.
 */
final class Search {
    private static final Logger log = LoggerFactory.getLogger(Search.class);

    private final Care.Tools tools;
    private final Runnable changed;
    private final Map<String, Lookup> lookups = new HashMap<>();

    private ServiceEndpoints service;

    /** What was taken over last; null if it has to be looked at anew. */
    private @Nullable List<Endpoint> discovered;

    /**
     * A search for the members of a service.
     *
     * @param changed called when there are others
     */
    Search(ServiceEndpoints service, Care.Tools tools, Runnable changed) {
        this.service = service;
        this.tools = tools;
        this.changed = changed;
        knowNames();
    }

    /** Goes on for the same service, which is configured otherwise. */
    void follow(ServiceEndpoints now) {
        now.learn(service);
        service = now;
        discovered = null;
        knowNames();
    }

    /** Does what is due. */
    void look(long now) {
        discover();
        // A copy, for an answer may change it.
        Map.copyOf(lookups).forEach((name, lookup) -> {
            if (lookup.begin(service.config().dns().interval(), now)) {
                var unused = tools.names()
                        .addresses(name)
                        .whenCompleteAsync((found, failure) -> answered(name, lookup, found, failure), tools.thread());
            }
        });
    }

    private void discover() {
        if (service.discovery().isEmpty()) {
            return;
        }
        List<Endpoint> found = service.discovery().get().current();
        if (found.equals(discovered)) {
            return;
        }
        boolean first = discovered == null;
        discovered = found;
        // Also if it is nothing at first: something may have been found when the service was configured.
        service.gather();
        tell();
        if (!first || !found.isEmpty()) {
            log.info("Service {}: {} endpoints are discovered", name(), found.size());
        }
    }

    /** A bad answer changes nothing: the last good one holds. */
    private void answered(String host, Lookup lookup, @Nullable List<String> found, @Nullable Throwable failure) {
        if (lookups.get(host) != lookup) {
            return;
        }
        boolean good = found != null && !found.isEmpty();
        boolean another = lookup.done(!good, tools.timing().nanos());
        if (found != null && good && service.learn(host, found)) {
            tell();
            log.info("Service {}: {} is at {}", name(), host, String.join(", ", found));
        } else if (!good && another) {
            log.warn("Service {}: {} cannot be looked up, so what is known of it holds: {}", name(), host, failure);
        }
    }

    private void tell() {
        knowNames();
        changed.run();
    }

    private void knowNames() {
        Set<String> names = service.names();
        lookups.keySet().retainAll(names);
        names.forEach(name -> lookups.computeIfAbsent(name, first -> new Lookup()));
    }

    private String name() {
        return service.config().name();
    }
}
