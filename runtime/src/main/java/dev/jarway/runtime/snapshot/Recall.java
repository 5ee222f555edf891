package dev.jarway.runtime.snapshot;

import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The bringing back of a revision's plugins, linked to those that it names. Those that are loaded so are taken as
 * they are, the others are loaded from the history. Used by the thread of changes.
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
        List<Problem> problems = new ArrayList<>();
        for (PluginFile plugin : inOrder(revision, present)) {
            Optional<PluginType> loaded = loaded(plugin, revision, present);
            Checked<PluginType> taken =
                    loaded.isPresent() ? new Checked.Valid<>(loaded.get()) : take(plugin, types.values());
            if (taken instanceof Checked.Valid<PluginType> valid) {
                types.put(plugin.file(), valid.value());
            }
            problems.addAll(taken.problems());
        }
        return problems.isEmpty() ? new Checked.Valid<>(types) : new Checked.Invalid<>(problems);
    }

    /** What others may need comes before them. Of what cannot be read nothing is known; loading it will say why. */
    private List<PluginFile> inOrder(Revision revision, Inventory present) throws InterruptedException {
        Map<PluginFile, PluginDescription> known = new LinkedHashMap<>();
        List<PluginFile> order = new ArrayList<>();
        for (PluginFile plugin : revision.plugins()) {
            description(plugin, present)
                    .ifPresentOrElse(description -> known.put(plugin, description), () -> order.add(plugin));
        }
        order.addAll(DependencyOrder.of(known));
        return order;
    }

    private Optional<PluginDescription> description(PluginFile plugin, Inventory present) throws InterruptedException {
        Optional<PluginType> same = withBytesOf(plugin, present).findFirst();
        if (same.isPresent()) {
            return same.map(type -> type.generation().description());
        }
        try {
            return intake.description(new JarSeen(history.jar(plugin), plugin.sha256()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What is loaded of it, unless that is linked to something else than the revision names. */
    private Optional<PluginType> loaded(PluginFile plugin, Revision revision, Inventory present) {
        return withBytesOf(plugin, present)
                .filter(type -> intake.dependenciesOf(type).stream().allMatch(other -> isOf(revision, other)))
                .findFirst();
    }

    /** Also if it names no version: the file of a dependency may be gone while a dependent is linked to it still. */
    private static boolean isOf(Revision revision, PluginDescription dependency) {
        List<PluginFile> versions = revision.plugins().stream()
                .filter(plugin -> plugin.id().equals(dependency.id()))
                .toList();
        return versions.isEmpty()
                || versions.stream().anyMatch(plugin -> plugin.sha256().equals(dependency.sha256()));
    }

    private static Stream<PluginType> withBytesOf(PluginFile plugin, Inventory present) {
        return present.all().stream()
                .filter(type -> type.generation().description().sha256().equals(plugin.sha256()));
    }

    private Checked<PluginType> take(PluginFile plugin, Collection<PluginType> others) throws InterruptedException {
        try {
            Checked<PluginType> taken =
                    intake.take(new JarSeen(history.jar(plugin), plugin.sha256()), Integer.MAX_VALUE, others);
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
