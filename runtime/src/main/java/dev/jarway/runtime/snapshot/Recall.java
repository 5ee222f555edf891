package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The bringing back of a revision's plugins. Those that are loaded are taken as they are, the others are loaded from the
 * history. Used by the thread of changes.
 */
final class Recall {
    private final History history;
    private final JarIntake intake;
    private final Retirement retirement;

    Recall(History history, JarIntake intake, Retirement retirement) {
        this.history = history;
        this.intake = intake;
        this.retirement = retirement;
    }

    /** The plugins of a revision by their files' names, or what is wrong with each that cannot be brought back. */
    Checked<Map<String, PluginType>> types(Revision revision, Inventory present) throws InterruptedException {
        Map<String, PluginType> types = new TreeMap<>();
        Map<PluginFile, List<Problem>> left = new LinkedHashMap<>();
        for (PluginFile plugin : revision.plugins()) {
            loaded(plugin, present)
                    .ifPresentOrElse(type -> types.put(plugin.file(), type), () -> left.put(plugin, List.of()));
        }
        boolean further = true;
        while (further) { // One may need another, which comes later in the order of names.
            further = false;
            for (PluginFile plugin : List.copyOf(left.keySet())) {
                Checked<PluginType> taken = take(plugin);
                if (taken instanceof Checked.Valid<PluginType> valid) {
                    types.put(plugin.file(), valid.value());
                    left.remove(plugin);
                    further = true;
                } else {
                    left.put(plugin, taken.problems());
                }
            }
            further &= !left.isEmpty();
        }
        List<Problem> problems = new ArrayList<>();
        left.values().forEach(problems::addAll);
        return problems.isEmpty() ? new Checked.Valid<>(types) : new Checked.Invalid<>(problems);
    }

    private static Optional<PluginType> loaded(PluginFile plugin, Inventory present) {
        return present.all().stream()
                .filter(type -> type.generation().description().sha256().equals(plugin.sha256()))
                .findFirst();
    }

    private Checked<PluginType> take(PluginFile plugin) throws InterruptedException {
        try {
            Checked<PluginType> taken =
                    intake.take(new JarSeen(history.jar(plugin), plugin.sha256()), Integer.MAX_VALUE);
            if (taken instanceof Checked.Valid<PluginType> valid) {
                retirement.note(List.of(), List.of(valid.value().generation()));
                return taken;
            }
            return new Checked.Invalid<>(taken.problems().stream()
                    .map(problem -> new Problem("", plugin.file() + ": " + problem.detail(), problem.expected()))
                    .toList());
        } catch (IOException e) {
            return new Checked.Invalid<>(List.of(new Problem(
                    "", plugin.file() + " is not in the history any more: " + e.getMessage(), "its JAR as it was")));
        }
    }

    /** The drop folder as it is when it holds these files, beside those that could not be used and are in nobody's way. */
    static Inventory restored(Map<String, PluginType> types, Inventory present) {
        SortedMap<String, JarFile> files = new TreeMap<>();
        present.files().forEach((name, file) -> {
            if (file instanceof JarFile.Unfit unfit) {
                files.put(name, new JarFile.Unfit(unfit.sha256(), unfit.reason(), unfit.curable(), Optional.empty()));
            }
        });
        types.forEach((name, type) ->
                files.put(name, new JarFile.Fit(type.generation().description().sha256(), type)));
        return new Inventory(files, List.of());
    }

    /**
     * These plugins beside a drop folder that says something else: what it says is held back, until the folder or the
     * configuration changes.
     */
    static Inventory resumed(Map<String, PluginType> types, Inventory present) {
        SortedMap<String, JarFile> files = new TreeMap<>();
        List<PluginType> kept = new ArrayList<>();
        present.files().forEach((name, file) -> files.put(name, heldBack(file, Optional.ofNullable(types.get(name)))));
        types.forEach((name, type) -> {
            if (!files.containsKey(name)) {
                kept.add(type);
            }
        });
        return new Inventory(files, kept);
    }

    private static JarFile heldBack(JarFile file, Optional<PluginType> before) {
        return switch (file) {
            case JarFile.Fit fit ->
                before.filter(fit.type()::equals).isPresent()
                        ? fit
                        : new JarFile.Unfit(
                                fit.sha256(),
                                fit.type().name() + " is held back, since the gateway could not start with it",
                                true,
                                before);
            case JarFile.Unfit unfit -> new JarFile.Unfit(unfit.sha256(), unfit.reason(), unfit.curable(), before);
        };
    }
}
