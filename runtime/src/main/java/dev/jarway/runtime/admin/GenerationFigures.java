package dev.jarway.runtime.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.holder.Holding;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.runtime.snapshot.HeldSnapshot;
import java.util.List;

/** What an operator wants to know of the generations: their states, how old these are, who uses them, what holds them. */
final class GenerationFigures {
    private final AdminEndpoint.Parts parts;

    GenerationFigures(AdminEndpoint.Parts parts) {
        this.parts = parts;
    }

    /** Writes those that are not yet collected, oldest first. */
    void write(ArrayNode list) {
        List<HeldSnapshot> held = parts.holder().held();
        parts.generations().get().forEach(generation -> write(list.addObject(), generation, held));
    }

    private static void write(ObjectNode body, LoadedPlugin generation, List<HeldSnapshot> held) {
        body.put("generation", generation.identity().toString());
        body.put("state", generation.state().name());
        body.put("since", generation.stateSince().toString());
        body.put("loadedAt", generation.loadedAt().toString());
        ArrayNode revisions = body.putArray("heldBy");
        for (HeldSnapshot one : held) {
            List<String> entries = one.snapshot().users(generation);
            if (!entries.isEmpty()) {
                ObjectNode holder = revisions.addObject();
                holder.put("revision", one.snapshot().revision());
                holder.put("inForce", one.replacedAt().isEmpty());
                holder.put("requests", one.requests());
                ArrayNode names = holder.putArray("entries");
                entries.forEach(names::add);
            }
        }
        writeLeaks(body, generation.leakReport());
    }

    /** Writes what the gateway has cleaned up behind a generation, and what holds it. */
    static void writeLeaks(ObjectNode body, LeakReport report) {
        write(body.putArray("cleaned"), report.cleaned());
        write(body.putArray("holders"), report.holders());
    }

    private static void write(ArrayNode list, List<Holding> holdings) {
        holdings.forEach(holding -> list.addObject().put("kind", holding.kind()).put("detail", holding.detail()));
    }
}
