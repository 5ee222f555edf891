package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.rollout.Command;
import dev.jarway.runtime.rollout.CommandOutcome;
import dev.jarway.runtime.rollout.LiveRollout;
import dev.jarway.runtime.rollout.RolloutState;
import dev.jarway.runtime.rollout.VersionRow;
import dev.jarway.runtime.snapshot.Snapshot;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The rollouts of the configuration in force: how far they are, how both versions do, and an operator's word on them. */
final class RolloutsResource {
    private final AdminEndpoint.Parts parts;

    RolloutsResource(AdminEndpoint.Parts parts) {
        this.parts = parts;
    }

    void list(RoutingContext context) {
        ArrayNode list = Reply.object().arrayNode();
        rollouts().values().forEach(rollout -> list.add(describe(rollout)));
        Reply.json(context, 200, list);
    }

    void show(RoutingContext context) {
        find(context).ifPresent(rollout -> Reply.json(context, 200, describe(rollout)));
    }

    void command(RoutingContext context) {
        Optional<Command> command = Arrays.stream(Command.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(context.pathParam("command")))
                .findFirst();
        if (command.isEmpty()) {
            Reply.notFound(context);
            return;
        }
        find(context).ifPresent(rollout -> command(context, rollout, command.get()));
    }

    private void command(RoutingContext context, LiveRollout rollout, Command command) {
        Context here = context.vertx().getOrCreateContext();
        var unused = parts.rollouts()
                .command(rollout, command)
                .whenComplete((outcome, failure) -> here.runOnContext(ignored -> {
                    if (failure != null) {
                        Reply.failed(context, failure);
                    } else {
                        answer(context, rollout, outcome);
                    }
                }));
    }

    private static void answer(RoutingContext context, LiveRollout rollout, CommandOutcome outcome) {
        String name = "rollout '" + rollout.terms().name() + "'";
        switch (outcome) {
            case DONE -> Reply.json(context, 200, describe(rollout));
            case SENSELESS ->
                Reply.problem(
                        context,
                        409,
                        "Not now",
                        name + " is " + rollout.state().phase().written() + ": " + context.pathParam("command")
                                + " makes no sense then",
                        List.of());
            case REPLACED ->
                Reply.problem(
                        context,
                        409,
                        "Changed meanwhile",
                        "the configuration in force has other terms for " + name + ", or none; nothing was changed",
                        List.of());
        }
    }

    private Optional<LiveRollout> find(RoutingContext context) {
        Optional<LiveRollout> found = Optional.ofNullable(rollouts().get(String.valueOf(context.pathParam("name"))));
        if (found.isEmpty()) {
            Reply.problem(
                    context,
                    404,
                    "No such rollout",
                    "the configuration in force has no rollout '" + context.pathParam("name") + "'",
                    List.of());
        }
        return found;
    }

    private Map<String, LiveRollout> rollouts() {
        return parts.holder().snapshot().map(Snapshot::rollouts).orElse(Map.of());
    }

    private static ObjectNode describe(LiveRollout rollout) {
        RolloutState state = rollout.state();
        ObjectNode body = Reply.object();
        body.put("name", rollout.terms().name());
        body.put("plugin", rollout.terms().plugin());
        body.put("stable", rollout.terms().stable());
        body.put("target", rollout.terms().target());
        body.put("verdict", state.phase().written());
        body.put("reason", state.reason());
        body.put("since", state.since().toString());
        body.put("step", state.step() + 1);
        ArrayNode steps = body.putArray("steps");
        rollout.terms().config().steps().forEach(steps::add);
        body.put("share", state.share(rollout.terms().config()));
        body.put("holdMillis", rollout.terms().config().hold().toMillis());
        body.put("minRequests", rollout.terms().config().minRequests());
        body.set("now", rows(rollout.lately().rows()));
        body.set("total", rows(rollout.total().rows()));
        body.set("evidence", rows(state.evidence()));
        return body;
    }

    private static ArrayNode rows(List<VersionRow> rows) {
        ArrayNode table = Reply.object().arrayNode();
        for (VersionRow row : rows) {
            table.addObject()
                    .put("version", row.version())
                    .put("requests", row.requests())
                    .put("failures", row.failures())
                    .put("errorShare", FigureJson.rounded(row.errorShare(), 5))
                    .put("faults", row.faults())
                    .put("timeouts", row.timeouts())
                    .put("p50Millis", FigureJson.millis(row.p50()))
                    .put("p99Millis", FigureJson.millis(row.p99()));
        }
        return table;
    }
}
