package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.DocumentChange;
import dev.jarway.runtime.history.DamagedException;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.PluginChange;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.history.RevisionDiff;
import dev.jarway.runtime.snapshot.ConfigSource;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The history: listed, shown, compared, and gone back in. Files are read on threads that may wait. */
final class RevisionsResource {
    private final History history;
    private final ConfigSource source;
    private final ConfigResource config;

    RevisionsResource(History history, ConfigSource source, ConfigResource config) {
        this.history = history;
        this.source = source;
        this.config = config;
    }

    void list(RoutingContext context) {
        ArrayNode list = Reply.object().arrayNode();
        history.revisions().forEach(revision -> describe(revision, list.addObject()));
        Reply.json(context, 200, list);
    }

    void show(RoutingContext context) {
        find(context, context.pathParam("number"))
                .ifPresent(revision -> answer(context, () -> {
                    ObjectNode body = Reply.object();
                    describe(revision, body);
                    body.set("config", history.document(revision).shown());
                    ArrayNode plugins = body.putArray("plugins");
                    revision.plugins().forEach(plugin -> describe(plugin, plugins.addObject()));
                    return body;
                }));
    }

    void diff(RoutingContext context) {
        find(context, context.pathParam("number")).ifPresent(revision -> {
            String against = context.request().getParam("against");
            Optional<Revision> other = against == null ? history.before(revision) : find(context, against);
            if (against == null || other.isPresent()) {
                answer(context, () -> {
                    ObjectNode body = Reply.object();
                    body.put("revision", revision.number());
                    other.ifPresentOrElse(one -> body.put("against", one.number()), () -> body.putNull("against"));
                    describe(RevisionDiff.between(history, other, revision), body);
                    return body;
                });
            }
        });
    }

    void restore(RoutingContext context) {
        if (config.isRefused(context)) {
            return;
        }
        find(context, context.pathParam("number"))
                .ifPresent(revision -> ChangeReason.originOf(
                                context, "POST /v1/config/revisions/" + revision.number() + "/restore")
                        .ifPresent(origin -> ConfigResource.answer(
                                context, source.restore(revision, ConfigResource.terms(context, origin)), false)));
    }

    /** The revision that is meant; empty if there is none, which has been answered then. */
    private Optional<Revision> find(RoutingContext context, @Nullable String number) {
        Optional<Revision> found =
                number != null && number.matches("\\d{1,18}") ? history.find(Long.parseLong(number)) : Optional.empty();
        if (found.isEmpty()) {
            String kept = history.revisions().isEmpty()
                    ? "none is kept"
                    : "kept are " + history.revisions().getLast().number() + " to "
                            + history.revisions().getFirst().number();
            Reply.problem(
                    context, 404, "No such revision", number + " is no revision that is kept; " + kept, List.of());
        }
        return found;
    }

    private static void answer(RoutingContext context, Callable<ObjectNode> work) {
        context.vertx().executeBlocking(work, false).onComplete(body -> Reply.json(context, 200, body), failure -> {
            if (failure instanceof DamagedException damaged) {
                Reply.problem(context, 500, "Damaged", String.valueOf(damaged.getMessage()), List.of());
            } else {
                context.fail(failure instanceof NoSuchFileException ? 404 : 500, failure);
            }
        });
    }

    private static void describe(Revision revision, ObjectNode body) {
        body.put("revision", revision.number());
        body.put("time", revision.time().toString());
        body.put("author", lower(revision.origin().author()));
        body.put("source", revision.origin().source());
        body.put("reason", revision.origin().reason());
    }

    private static void describe(PluginFile plugin, ObjectNode body) {
        body.put("file", plugin.file());
        body.put("id", plugin.id());
        body.put("version", plugin.version());
        body.put("sha256", plugin.sha256());
        body.put("kept", plugin.kept());
    }

    static void describe(RevisionDiff diff, ObjectNode body) {
        ArrayNode config = body.putArray("config");
        for (DocumentChange change : diff.config()) {
            ObjectNode entry = config.addObject();
            entry.put("change", lower(change.kind()));
            entry.put("pointer", change.pointer());
            change.from().ifPresent(value -> entry.set("from", value));
            change.to().ifPresent(value -> entry.set("to", value));
        }
        ArrayNode plugins = body.putArray("plugins");
        for (PluginChange change : diff.plugins()) {
            ObjectNode entry = plugins.addObject();
            String kind = change.from().isEmpty() ? "added" : change.to().isEmpty() ? "removed" : "replaced";
            entry.put("change", kind);
            change.from().ifPresent(plugin -> describe(plugin, entry.putObject("from")));
            change.to().ifPresent(plugin -> describe(plugin, entry.putObject("to")));
        }
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
