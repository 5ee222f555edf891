package dev.jarway.runtime.admin;

import dev.jarway.runtime.snapshot.Changes;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * The gate before what changes something: while a successor takes over, nobody is let through. Who was let through before, and
 * is still sending a body, is turned away where the changes wait.
 */
record ChangeGate(Changes changes) implements Handler<RoutingContext> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    @Override
    public void handle(RoutingContext context) {
        if (!changes.isHeld() || READING.contains(context.request().method())) {
            context.next();
            return;
        }
        Reply.beingUpgraded(context);
    }
}
