package dev.jarway.runtime.admin;

import dev.jarway.runtime.snapshot.Changes;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;

/** The gate before what changes something: while a successor takes over, nobody is let through. */
record ChangeGate(Changes changes) implements Handler<RoutingContext> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public void handle(RoutingContext context) {
        if (!changes.isHeld() || READING.contains(context.request().method())) {
            context.next();
            return;
        }
        context.response().putHeader("retry-after", "1");
        Reply.problem(
                context,
                503,
                "Being upgraded",
                "another process is taking over from this one; nothing was changed, and the same request to the same"
                        + " address will do",
                List.of());
    }
}
