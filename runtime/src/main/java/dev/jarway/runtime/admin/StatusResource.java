package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.admission.Limit;
import dev.jarway.runtime.history.RevisionDiff;
import dev.jarway.runtime.listener.HttpListener;
import dev.jarway.runtime.snapshot.Fallback;
import dev.jarway.runtime.snapshot.HeldSnapshot;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import dev.jarway.runtime.snapshot.Snapshot;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the gateway is: what is in force, what could not be applied, what an operator ought to know. */
final class StatusResource {
    private final AdminEndpoint.Parts parts;

    StatusResource(AdminEndpoint.Parts parts) {
        this.parts = parts;
    }

    /** The process answers. */
    void alive(RoutingContext context) {
        Reply.json(context, 200, Reply.object().put("status", "alive"));
    }

    /** A configuration is in force. */
    void ready(RoutingContext context) {
        Optional<Snapshot> snapshot = parts.holder().snapshot();
        ObjectNode body = Reply.object().put("status", snapshot.isPresent() ? "ready" : "starting");
        Reply.json(context, snapshot.isPresent() ? 200 : 503, body);
    }

    void show(RoutingContext context) {
        Snapshot snapshot = parts.holder().snapshot().orElseThrow();
        ObjectNode body = Reply.object();
        body.put("revision", snapshot.revision());
        body.put("publishedAt", snapshot.publishedAt().toString());
        body.put("etag", snapshot.loaded().document().etag());
        body.put("uptimeSeconds", ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
        body.put("routes", snapshot.loaded().config().routes().size());
        body.put("services", snapshot.loaded().config().services().size());
        requests(body.putObject("requests"));
        listeners(body.putArray("listeners"));
        overload(body.putObject("overload"));
        ObjectNode config = body.putObject("config");
        config.put("file", parts.source().file().toString());
        config.put("applied", parts.source().rejected().isEmpty());
        config.set("problems", Reply.list(parts.source().rejected()));
        ArrayNode warnings = body.putArray("warnings");
        parts.changes().fallback().ifPresent(fallback -> {
            warnings.add(
                    "the gateway could not start on what its configuration file and its drop folder say, and runs on"
                            + " revision " + fallback.revision() + " instead: see fallback");
            fallback(fallback, body.putObject("fallback"));
        });
        parts.changes()
                .history()
                .damaged()
                .forEach(damage -> warnings.add("a revision of the history cannot be read: " + damage));
        warnings(snapshot).forEach(warnings::add);
        snapshot.plan()
                .services()
                .values()
                .forEach(service -> service.endpoints()
                        .trouble()
                        .ifPresent(trouble -> warnings.add("service '" + service.name() + "': " + trouble)));
        parts.changes()
                .inventory()
                .kept()
                .forEach(kept -> warnings.add("plugin "
                        + kept.generation().identity()
                        + " has no file any more; the configuration still needs it, so it serves on"
                        + " from its private copy"));
        ArrayNode unfit = body.putArray("unfitFiles");
        parts.changes().inventory().files().forEach((name, file) -> {
            if (file instanceof JarFile.Unfit reason) {
                unfit.addObject().put("file", name).put("reason", reason.reason());
            }
        });
        TlsFigures.write(snapshot, body.putArray("tls"));
        new GenerationFigures(parts).write(body.putArray("generations"));
        Reply.json(context, 200, body);
    }

    /** What was so when it was built, and what has become so: certificates are replaced, and expire, meanwhile. */
    private static Set<String> warnings(Snapshot snapshot) {
        Set<String> warnings = new LinkedHashSet<>(snapshot.warnings());
        snapshot.tls().values().forEach(tls -> warnings.addAll(tls.warnings(Instant.now())));
        return warnings;
    }

    private void requests(ObjectNode body) {
        List<HeldSnapshot> held = parts.holder().held();
        List<HeldSnapshot> earlier = held.subList(1, held.size());
        body.put("onThisRevision", held.getFirst().requests());
        body.put(
                "onEarlierRevisions",
                earlier.stream().mapToInt(HeldSnapshot::requests).sum());
        body.put("endedAtDrainDeadline", parts.holder().cut());
        ArrayNode revisions = body.putArray("earlierRevisions");
        for (HeldSnapshot snapshot : earlier) {
            ObjectNode one = revisions.addObject();
            one.put("revision", snapshot.snapshot().revision());
            one.put("requests", snapshot.requests());
            snapshot.replacedAt().ifPresent(at -> one.put("replacedAt", at.toString()));
        }
    }

    private void overload(ObjectNode body) {
        body.put("heapPercent", parts.overload().means().heap());
        body.put("descriptorsPercent", parts.overload().means().descriptors());
        body.put("requestsRefused", parts.overload().refused());
        body.put("connectionsRefused", parts.overload().connectionsRefused());
    }

    private void listeners(ArrayNode listeners) {
        for (HttpListener listener : parts.listeners().open()) {
            ObjectNode one = listeners.addObject();
            one.put("name", listener.config().name());
            one.put("port", listener.port());
            one.put("connections", listener.connections());
            ObjectNode reached = one.putObject("limitsReached");
            for (Limit limit : Limit.values()) {
                long times = listener.limits().of(limit);
                if (times > 0) {
                    reached.put(limit.key(), times);
                }
            }
        }
    }

    private static void fallback(Fallback fallback, ObjectNode body) {
        body.put("revision", fallback.revision());
        body.set("problems", Reply.list(fallback.problems()));
        RevisionsResource.describe(new RevisionDiff(fallback.config(), fallback.plugins()), body.putObject("heldBack"));
    }
}
