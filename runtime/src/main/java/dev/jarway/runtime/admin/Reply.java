package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.failure.ProblemDocument;
import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.history.NotInChargeException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The forms that answers of the admin endpoint have: JSON, and problem details (RFC 9457) that list every problem. */
final class Reply {
    private static final Logger log = LoggerFactory.getLogger(Reply.class);

    private Reply() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static void json(RoutingContext context, int status, JsonNode body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body.toPrettyString() + "\n");
    }

    static void problem(RoutingContext context, int status, String title, String detail, List<Problem> problems) {
        ObjectNode body = object();
        body.put("type", "about:blank");
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        if (!problems.isEmpty()) {
            body.set("problems", list(problems));
        }
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, ProblemDocument.CONTENT_TYPE)
                .end(body.toPrettyString() + "\n");
    }

    static ArrayNode list(List<Problem> problems) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        problems.forEach(problem -> list.addObject()
                .put("pointer", problem.pointer())
                .put("detail", problem.detail())
                .put("expected", problem.expected()));
        return list;
    }

    /** What could not be done: for want of a place to write, which is for the operator to mend, or by a fault of ours. */
    static void failed(RoutingContext context, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException e ? e.getCause() : failure;
        if (cause instanceof NotWrittenException place) {
            notStored(context, String.valueOf(place.getMessage()));
        } else if (cause instanceof NotInChargeException) {
            beingUpgraded(context);
        } else {
            context.fail(500, cause);
        }
    }

    static void beingUpgraded(RoutingContext context) {
        context.response().putHeader("retry-after", "1");
        problem(
                context,
                503,
                "Being upgraded",
                "another process is taking over from this one; nothing was changed, and the same request to the same"
                        + " address will do",
                List.of());
    }

    static void notStored(RoutingContext context, String detail) {
        log.warn("{} {}: {}", context.request().method(), context.request().path(), detail);
        problem(context, 507, "Not stored", detail + "; nothing was changed", List.of());
    }

    static void notFound(RoutingContext context) {
        problem(context, 404, "Not found", context.request().path() + " is no resource of this endpoint", List.of());
    }

    static void methodNotAllowed(RoutingContext context) {
        problem(
                context,
                405,
                "Method not allowed",
                context.request().method() + " is not for this resource",
                List.of());
    }

    /** What went wrong without a word of its own: too large a body, or a fault of ours. */
    static void failed(RoutingContext context) {
        int status = context.statusCode() > 0 ? context.statusCode() : 500;
        if (status >= 500) {
            log.error(
                    "{} {} failed",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        String detail = status == 413 ? "the body is larger than is taken here" : "see the gateway's log";
        problem(context, status, status == 413 ? "Content too large" : "Failed", detail, List.of());
    }
}
