package dev.jarway.runtime.admin;

import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.Origin;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The query parameter {@code reason} of a request that changes something: what the history will say about it. */
final class ChangeReason {
    private static final int LONGEST = 500;

    private ChangeReason() {}

    /** Where a change by this request comes from; empty if its reason is no good, which has been answered then. */
    static Optional<Origin> originOf(RoutingContext context, String resource) {
        String reason = Objects.requireNonNullElse(context.request().getParam("reason"), "")
                .strip();
        if (reason.length() <= LONGEST && reason.chars().noneMatch(Character::isISOControl)) {
            return Optional.of(Origin.admin(resource, reason));
        }
        Reply.problem(
                context,
                400,
                "Wrong reason",
                "nothing was changed",
                List.of(new Problem(
                        "",
                        "reason: " + reason.length() + " characters",
                        "one line of at most " + LONGEST + " characters")));
        return Optional.empty();
    }
}
