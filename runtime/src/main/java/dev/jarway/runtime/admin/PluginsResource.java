package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.snapshot.Inventory;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import dev.jarway.runtime.snapshot.PluginType;
import dev.jarway.runtime.snapshot.Removal;
import dev.jarway.runtime.snapshot.StagedJar;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The plugins present: listed, described, sent in and taken away. */
final class PluginsResource {
    private static final String JAR = "application/java-archive";
    private static final String NOT_COPIED = Reason.NOT_COPIED.name();

    private final AdminEndpoint.Parts parts;

    PluginsResource(AdminEndpoint.Parts parts) {
        this.parts = parts;
    }

    void list(RoutingContext context) {
        ArrayNode list = Reply.object().arrayNode();
        inventory().all().forEach(type -> list.add(describe(type)));
        inventory().files().forEach((name, file) -> {
            if (file instanceof JarFile.Unfit unfit) {
                list.addObject().put("file", name).put("state", "UNFIT").put("reason", unfit.reason());
            }
        });
        Reply.json(context, 200, list);
    }

    void show(RoutingContext context) {
        List<PluginType> found = find(context);
        if (found.isEmpty()) {
            absent(context);
            return;
        }
        ArrayNode list = Reply.object().arrayNode();
        found.forEach(type -> list.add(describe(type)));
        Reply.json(context, 200, context.pathParam("version") == null ? list : describe(found.getLast()));
    }

    void schema(RoutingContext context) {
        find(context).stream()
                .reduce((older, newer) -> newer)
                .ifPresentOrElse(type -> Reply.json(context, 200, type.config().json()), () -> absent(context));
    }

    /** Turned away before a byte of the body is read. */
    void allowed(RoutingContext context) {
        String type = Objects.requireNonNullElse(context.request().getHeader(HttpHeaders.CONTENT_TYPE), "");
        if (!areUploadsOn()) {
            Reply.problem(
                    context, 403, "Uploads are off", "admin.uploads: true in the configuration allows them", List.of());
        } else if (!type.equals(JAR)) {
            Reply.problem(context, 415, "Unknown format", "content-type: " + JAR + " is expected", List.of());
        } else {
            context.next();
        }
    }

    void upload(RoutingContext context) {
        Buffer body = context.body().buffer();
        byte[] jar = body == null ? new byte[0] : body.getBytes();
        if (!ContentDigest.fits(context.request().getHeader("content-digest"), jar)) {
            Reply.problem(
                    context,
                    400,
                    "Wrong digest",
                    "content-digest: does not fit the body (expected: sha-256 of it)",
                    List.of());
            return;
        }
        Optional<Origin> origin = ChangeReason.originOf(context, "POST /v1/plugins");
        if (origin.isEmpty()) {
            return;
        }
        try {
            StagedJar staged = parts.folder().stage(jar);
            CompletionStage<Checked<PluginType>> installed = parts.changes()
                    .inspect(staged.file())
                    .thenCompose(description -> parts.folder().install(staged, description, origin.get()));
            answer(context, installed.whenComplete((done, failure) -> staged.close()), this::installed);
        } catch (NotWrittenException e) {
            Reply.failed(context, e);
        }
    }

    private Consumer<RoutingContext> installed(Checked<PluginType> result) {
        return context -> {
            if (result.problems().isEmpty()) {
                Reply.json(context, 201, describe(result.value()));
            } else {
                refused(context, result.problems());
            }
        };
    }

    void delete(RoutingContext context) {
        if (!areUploadsOn()) {
            Reply.problem(
                    context, 403, "Uploads are off", "admin.uploads: true in the configuration allows them", List.of());
            return;
        }
        ChangeReason.originOf(context, "DELETE " + context.request().path()).ifPresent(origin -> {
            Removal wish = new Removal(
                    String.valueOf(context.pathParam("id")),
                    String.valueOf(context.pathParam("version")),
                    QueryGate.isOn(context, "force"),
                    origin);
            answer(context, parts.folder().remove(wish), this::removed);
        });
    }

    private Consumer<RoutingContext> removed(Removal.Outcome outcome) {
        return context -> {
            switch (outcome) {
                case Removal.Outcome.Done done ->
                    context.response().setStatusCode(204).end();
                case Removal.Outcome.Absent absent -> absent(context);
                case Removal.Outcome.InUse used ->
                    Reply.problem(
                            context,
                            409,
                            "In use",
                            "the configuration uses it; force=true removes its file all the same",
                            List.of());
                case Removal.Outcome.Overwritten other ->
                    Reply.problem(
                            context,
                            409,
                            "Changed meanwhile",
                            other.file()
                                    + " holds something else by now, which is about to be taken; nothing was changed",
                            List.of());
                case Removal.Outcome.Refused refused ->
                    Reply.problem(context, 422, "Removal refused", "nothing was changed", refused.problems());
            }
        };
    }

    private <T> void answer(
            RoutingContext context, CompletionStage<T> stage, Function<T, Consumer<RoutingContext>> reply) {
        Context here = context.vertx().getOrCreateContext();
        var unused = stage.whenComplete((result, failure) -> here.runOnContext(ignored -> {
            if (failure == null) {
                reply.apply(result).accept(context);
            } else if (failure instanceof CompletionException e
                    && e.getCause() instanceof PluginRefusedException refusal) {
                String expected = refusal.reason() == Reason.NOT_COPIED ? NOT_COPIED : "a plugin that can be loaded";
                refused(context, List.of(new Problem("", String.valueOf(refusal.getMessage()), expected)));
            } else {
                Reply.failed(context, failure);
            }
        }));
    }

    private static void refused(RoutingContext context, List<Problem> problems) {
        Optional<Problem> noRoom = problems.stream()
                .filter(problem -> problem.expected().equals(NOT_COPIED))
                .findFirst();
        noRoom.ifPresentOrElse(
                problem -> Reply.notStored(context, problem.detail()),
                () -> Reply.problem(context, 422, "Plugin refused", "nothing was changed", problems));
    }

    private static void absent(RoutingContext context) {
        Reply.problem(context, 404, "No such plugin", context.request().path() + " is not present", List.of());
    }

    private List<PluginType> find(RoutingContext context) {
        return inventory().all().stream().filter(type -> isMeant(context, type)).toList();
    }

    private static boolean isMeant(RoutingContext context, PluginType type) {
        PluginDescription description = type.generation().description();
        String version = context.pathParam("version");
        return description.id().equals(context.pathParam("id"))
                && (version == null || description.version().equals(version));
    }

    private ObjectNode describe(PluginType type) {
        LoadedPlugin generation = type.generation();
        PluginDescription description = generation.description();
        ObjectNode body = Reply.object();
        body.put("id", description.id());
        body.put("version", description.version());
        body.put("generation", generation.identity().generation());
        body.put("state", generation.state().name());
        inventory().fileOf(type).ifPresent(file -> body.put("file", file));
        body.put("present", !inventory().kept().contains(type));
        body.put("sha256", description.sha256());
        body.put("size", description.size());
        body.put("requires", description.requires());
        body.put("description", description.description());
        body.put("provider", description.provider());
        body.put("executes", type.execution().name());
        ArrayNode users = body.putArray("usedBy");
        users(type).forEach(users::add);
        body.set("figures", FigureJson.of(type.figures()));
        return body;
    }

    /** The entries of the configuration that a generation serves. */
    private List<String> users(PluginType type) {
        return parts.holder()
                .snapshot()
                .map(snapshot -> snapshot.users(type.generation()))
                .orElse(List.of());
    }

    /** As the configuration in force says: switching them off takes effect at once. */
    private boolean areUploadsOn() {
        return parts.holder().snapshot().orElseThrow().loaded().config().admin().uploads();
    }

    private Inventory inventory() {
        return parts.changes().inventory();
    }
}
