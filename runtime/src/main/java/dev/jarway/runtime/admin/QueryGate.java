package dev.jarway.runtime.admin;

import dev.jarway.runtime.config.Problem;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The query parameters that a resource takes. A request with another one is turned away: what was meant to hold it back, a
 * mistyped {@code dryRun} say, must not be passed over.
 *
 * @param texts those that may say anything
 * @param switches those that are {@code true} or {@code false}
 */
record QueryGate(List<String> texts, List<String> switches) implements Handler<RoutingContext> {

    /** For a resource that takes these, with whatever they say. */
    static QueryGate taking(String... texts) {
        return new QueryGate(List.of(texts), List.of());
    }

    /** The same with a switch, which is off if it is not there. */
    QueryGate orSwitch(String name) {
        List<String> more = new ArrayList<>(switches);
        more.add(name);
        return new QueryGate(texts, List.copyOf(more));
    }

    /** Whether a switch is on that has come through the gate. */
    static boolean isOn(RoutingContext context, String name) {
        return "true".equals(context.queryParams().get(name));
    }

    @Override
    public void handle(RoutingContext context) {
        MultiMap query = context.queryParams();
        List<Problem> problems = new TreeSet<>(query.names())
                .stream()
                        .flatMap(name -> wrong(name, query.getAll(name)).stream())
                        .toList();
        if (problems.isEmpty()) {
            context.next();
            return;
        }
        String detail = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        Reply.problem(context, 400, "Unknown parameter", detail + "; nothing was changed", problems);
    }

    private Optional<Problem> wrong(String name, List<String> values) {
        if (!texts.contains(name) && !switches.contains(name)) {
            return problem("unknown query parameter '" + name + "'", known());
        }
        if (values.size() > 1) {
            return problem(name + ": " + values.size() + " times", "once");
        }
        String value = values.getFirst();
        boolean isClear = texts.contains(name) || value.equals("true") || value.equals("false");
        return isClear ? Optional.empty() : problem(name + "=" + value, "true or false");
    }

    private String known() {
        List<String> all = new ArrayList<>(switches);
        all.addAll(texts);
        return all.isEmpty() ? "no query parameter" : "one of: " + String.join(", ", all);
    }

    private static Optional<Problem> problem(String detail, String expected) {
        return Optional.of(new Problem("", detail, expected));
    }
}
