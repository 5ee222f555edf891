package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.Redaction;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.snapshot.ChangedMeanwhileException;
import dev.jarway.runtime.snapshot.ConfigSource;
import dev.jarway.runtime.snapshot.ConfigSource.Terms;
import dev.jarway.runtime.snapshot.Snapshot;
import dev.jarway.runtime.snapshot.SnapshotHolder;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The configuration as one document: shown without its secrets, replaced as a whole or not at all. */
final class ConfigResource {
    private final ConfigSource source;
    private final SnapshotHolder holder;

    ConfigResource(ConfigSource source, SnapshotHolder holder) {
        this.source = source;
        this.holder = holder;
    }

    void show(RoutingContext context) {
        ConfigDocument document = current();
        context.response().putHeader(HttpHeaders.ETAG, document.etag());
        Reply.json(context, 200, document.shown());
    }

    void schema(RoutingContext context) {
        Reply.json(context, 200, ConfigDocument.schema().json());
    }

    void replace(RoutingContext context) {
        boolean dryRun = QueryGate.isOn(context, "dryRun");
        if (!dryRun && isRefused(context)) {
            return;
        }
        String type = Optional.ofNullable(context.request().getHeader(HttpHeaders.CONTENT_TYPE))
                .orElse("application/json");
        Optional<DocumentFormat> format = DocumentFormat.ofMediaType(type);
        if (format.isEmpty()) {
            Reply.problem(
                    context,
                    415,
                    "Unknown format",
                    "content-type: application/json or application/yaml is expected",
                    List.of());
            return;
        }
        byte[] body = context.body().buffer() == null
                ? new byte[0]
                : context.body().buffer().getBytes();
        ConfigSource.Edit edit = before -> read(body, format.get(), before);
        ChangeReason.originOf(context, "PUT /v1/config").ifPresent(origin -> {
            Terms terms = terms(context, origin);
            answer(context, dryRun ? source.tryOut(edit, terms) : source.replace(edit, terms), dryRun);
        });
    }

    private static Checked<ConfigDocument> read(byte[] body, DocumentFormat format, ConfigDocument before) {
        Checked<ConfigDocument> document = ConfigDocument.parse(body, format);
        if (!document.problems().isEmpty()) {
            return document;
        }
        ConfigDocument read = document.value();
        if (!read.text().contains(Redaction.MARK)) {
            return document;
        }
        // What was shown as *** comes back as ***, and means what was there.
        return switch (Redaction.restore(read.tree(), before.tree())) {
            case Checked.Invalid<ObjectNode> invalid -> new Checked.Invalid<>(invalid.problems());
            case Checked.Valid<ObjectNode> valid -> new Checked.Valid<>(ConfigDocument.of(valid.value(), format));
        };
    }

    /** The {@code If-Match} of a request holds for the configuration in force when the change's turn has come. */
    static Terms terms(RoutingContext context, Origin origin) {
        String expected = context.request().getHeader(HttpHeaders.IF_MATCH);
        return expected == null ? Terms.always(origin) : new Terms(origin, etag -> matches(expected, etag));
    }

    private static boolean matches(String ifMatch, String etag) {
        return ifMatch.strip().equals("*")
                || List.of(ifMatch.strip().split("\\s*,\\s*", -1)).contains(etag);
    }

    /** Answers with what a change has led to. */
    static void answer(RoutingContext context, CompletableFuture<Checked<Snapshot>> change, boolean dryRun) {
        Context here = context.vertx().getOrCreateContext();
        var unused = change.whenComplete(
                (result, failure) -> here.runOnContext(ignored -> answer(context, dryRun, result, failure)));
    }

    private static void answer(
            RoutingContext context, boolean dryRun, @Nullable Checked<Snapshot> result, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof ChangedMeanwhileException changed) {
            Reply.problem(context, 412, "Changed meanwhile", "if-match: " + changed.getMessage(), List.of());
        } else if (result == null) {
            Reply.failed(context, cause);
        } else if (!result.problems().isEmpty()) {
            refuse(context, result.problems());
        } else if (dryRun) {
            Reply.json(context, 200, Reply.object().put("applicable", true));
        } else {
            Snapshot now = result.value();
            context.response()
                    .putHeader(HttpHeaders.ETAG, now.loaded().document().etag());
            Reply.json(context, 200, Reply.object().put("revision", now.revision()));
        }
    }

    private static void refuse(RoutingContext context, List<Problem> problems) {
        String detail = problems.size() == 1
                ? "1 problem; nothing was changed"
                : problems.size() + " problems; nothing was changed";
        Reply.problem(context, 422, "Configuration refused", detail, problems);
    }

    /** Whether the endpoint may not change anything, as the configuration in force says; that has been answered then. */
    boolean isRefused(RoutingContext context) {
        boolean readOnly =
                holder.snapshot().orElseThrow().loaded().config().admin().readOnly();
        if (readOnly) {
            Reply.problem(context, 403, "Read only", "admin.readOnly is true: change the file instead", List.of());
        }
        return readOnly;
    }

    private ConfigDocument current() {
        return holder.snapshot().orElseThrow().loaded().document();
    }
}
