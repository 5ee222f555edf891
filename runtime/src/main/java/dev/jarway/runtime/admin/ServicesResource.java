package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.balance.EndpointReport;
import dev.jarway.runtime.upstream.Service;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The services of the configuration in force, and how each of their endpoints is. */
final class ServicesResource {
    private final AdminEndpoint.Parts parts;

    ServicesResource(AdminEndpoint.Parts parts) {
        this.parts = parts;
    }

    void list(RoutingContext context) {
        ArrayNode list = Reply.object().arrayNode();
        services().values().forEach(service -> list.add(describe(service)));
        Reply.json(context, 200, list);
    }

    void show(RoutingContext context) {
        String name = String.valueOf(context.pathParam("name"));
        Optional.ofNullable(services().get(name))
                .ifPresentOrElse(
                        service -> Reply.json(context, 200, describe(service)),
                        () -> Reply.problem(
                                context,
                                404,
                                "No such service",
                                "the configuration in force has no service '" + name + "'",
                                List.of()));
    }

    private Map<String, Service> services() {
        return parts.holder()
                .snapshot()
                .map(snapshot -> new TreeMap<>(snapshot.plan().services()))
                .orElseGet(TreeMap::new);
    }

    private static ObjectNode describe(Service service) {
        ObjectNode body = Reply.object();
        body.put("name", service.name());
        Optional<String> trouble = service.endpoints().trouble();
        body.put("ok", trouble.isEmpty());
        trouble.ifPresent(text -> body.put("trouble", text));
        if (service.config().limits().isAny()) {
            body.putObject("usage")
                    .put("requests", service.usage().requests())
                    .put("connections", service.usage().connections())
                    .put("pendingRequests", service.usage().pending());
        }
        body.putObject("retries")
                .put("made", service.retries().granted())
                .put("refused", service.retries().refused());
        ArrayNode endpoints = body.putArray("endpoints");
        service.endpoints().report().forEach(report -> describe(report, endpoints.addObject()));
        return body;
    }

    private static void describe(EndpointReport report, ObjectNode body) {
        body.put("url", report.url());
        body.put("host", report.name());
        body.put("weight", report.weight());
        body.put("priority", report.priority());
        body.put("state", report.state());
        body.put("used", report.used());
        body.put("share", FigureJson.rounded(report.share(), 2));
        body.put("reason", report.reason());
        body.put("since", report.since().toString());
        body.put("underWay", report.figures().underWay());
        body.put("requests", report.figures().requests());
        body.put("failures", report.figures().failures());
        body.put("failuresInARow", report.failuresInARow());
        if (!report.lastFailure().isEmpty()) {
            body.put("lastFailure", report.lastFailure());
        }
    }
}
