package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.tls.ListenerTls;

/** The certificates of each listener, as the status shows them. */
final class TlsFigures {
    private TlsFigures() {}

    static void write(Snapshot snapshot, ArrayNode listeners) {
        for (ListenerConfig config : snapshot.loaded().config().listeners()) {
            ListenerTls tls = snapshot.tls().get(config.address());
            if (tls != null) {
                ObjectNode listener = listeners.addObject().put("listener", config.name());
                write(tls, listener.putArray("certificates"));
            }
        }
    }

    private static void write(ListenerTls tls, ArrayNode certificates) {
        for (ListenerTls.Standing standing : tls.standings()) {
            ObjectNode certificate = certificates.addObject().put("from", standing.from());
            ArrayNode names = certificate.putArray("names");
            standing.names().forEach(names::add);
            certificate.put("validUntil", standing.notAfter().toString());
            standing.problem().ifPresent(problem -> certificate.put("problem", problem));
        }
    }
}
