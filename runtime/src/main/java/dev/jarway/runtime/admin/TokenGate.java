package dev.jarway.runtime.admin;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** The gate before everything but the probes: requests without the token are turned away. */
record TokenGate(AdminToken token) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext context) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && token.isIn(authorization)) {
            context.next();
            return;
        }
        context.response().putHeader("www-authenticate", "Bearer realm=\"jarway admin\"");
        Reply.problem(
                context, 401, "Token needed", "authorization: Bearer with the admin token is expected", List.of());
    }
}
