package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.heap.HeapSearchException;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

/** What has become of a version's closed generations: collected, or held, and by what. */
final class CollectResource {
    private final AdminEndpoint.Parts parts;

    CollectResource(AdminEndpoint.Parts parts) {
        this.parts = parts;
    }

    void collect(RoutingContext context) {
        List<LoadedPlugin> meant = find(context);
        if (meant.isEmpty()) {
            Reply.problem(
                    context,
                    404,
                    "No such generation",
                    "of that version none is loaded, and none waits to be collected",
                    List.of());
        } else if (meant.stream().noneMatch(CollectResource::isClosed)) {
            Reply.problem(context, 409, "Not closed", states(meant) + " (expected: closed)", List.of());
        } else {
            answer(context, meant, QueryGate.isOn(context, "heap"));
        }
    }

    private void answer(RoutingContext context, List<LoadedPlugin> meant, boolean heap) {
        Context here = context.vertx().getOrCreateContext();
        ArrayNode list = Reply.object().arrayNode();
        CompletableFuture<?> all = CompletableFuture.completedFuture(list);
        // One after another, for one heap dump is made at a time.
        for (LoadedPlugin generation : meant) {
            all = all.thenCompose(before -> verdict(generation, heap)).thenAccept(list::add);
        }
        var unused = all.whenComplete((done, failure) -> here.runOnContext(ignored -> {
            if (failure == null) {
                Reply.json(context, 200, list);
            } else {
                context.fail(500, failure);
            }
        }));
    }

    private CompletableFuture<ObjectNode> verdict(LoadedPlugin generation, boolean heap) {
        if (!isClosed(generation)) {
            return CompletableFuture.completedFuture(describe(generation));
        }
        return parts.loader()
                .collect(generation)
                .thenCompose(end -> heap && end == GenerationState.ZOMBIE
                        ? described(generation)
                        : CompletableFuture.completedFuture(describe(generation)));
    }

    private CompletableFuture<ObjectNode> described(LoadedPlugin generation) {
        return parts.loader().pathTo(generation).handle((path, failure) -> {
            ObjectNode body = describe(generation);
            ArrayNode steps = body.putArray("path");
            if (failure == null) {
                path.steps().forEach(steps::add);
            }
            if (steps.isEmpty()) {
                body.put("noPath", failure == null ? path.toString() : reason(failure));
            }
            return body;
        });
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause instanceof HeapSearchException ? cause.getMessage() : cause);
    }

    private static ObjectNode describe(LoadedPlugin generation) {
        ObjectNode body = Reply.object();
        body.put("generation", generation.identity().toString());
        body.put("state", generation.state().name());
        if (isClosed(generation) || generation.state() == GenerationState.COLLECTED) {
            GenerationFigures.writeLeaks(body, generation.leakReport());
            ArrayNode notSearched = body.putArray("notSearched");
            generation.leakReport().notSearched().forEach(notSearched::add);
        }
        return body;
    }

    private static boolean isClosed(LoadedPlugin generation) {
        return generation.state() == GenerationState.CLOSED || generation.state() == GenerationState.ZOMBIE;
    }

    private static String states(List<LoadedPlugin> generations) {
        return generations.stream()
                .map(generation -> generation.identity() + ": " + generation.state())
                .collect(Collectors.joining(", "));
    }

    private List<LoadedPlugin> find(RoutingContext context) {
        return parts.loader().generations().stream()
                .filter(generation -> generation.identity().id().equals(context.pathParam("id")))
                .filter(generation -> generation.identity().version().equals(context.pathParam("version")))
                .toList();
    }
}
