package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.PluginReference;
import dev.jarway.runtime.config.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The checks of every entry that names a plugin, in use or not: the plugin is there, and the entry's configurations fit its
 * schema. Used once, by one thread.
 */
final class EntryChecks {
    private final LoadedConfig loaded;
    private final Inventory inventory;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    EntryChecks(LoadedConfig loaded, Inventory inventory) {
        this.loaded = loaded;
        this.inventory = inventory;
    }

    void check(FilterScope scope) {
        for (int i = 0; i < scope.filters().size(); i++) {
            check(scope.filters().get(i), scope.pointer() + "/" + i);
        }
    }

    /** Looks at the entry of something that is no filter. */
    void check(FilterUse use) {
        check(use.entry(), use.pointer().replaceFirst("/config$", ""));
    }

    private void check(FilterConfig entry, String pointer) {
        if (entry.enabled()) {
            entry.references()
                    .forEach(reference -> inventory
                            .find(reference)
                            .ifPresentOrElse(
                                    type -> check(entry, type, pointer), () -> absent(entry, reference, pointer)));
        }
    }

    private void check(FilterConfig entry, PluginType type, String pointer) {
        boolean alone = entry.rules().isEmpty() || entry.config().isPresent();
        if (alone) {
            var tree = entry.config().orElseGet(ChainResolver::empty);
            problems.addAll(type.config().check(tree, pointer + "/config", loaded.hidden()));
        }
        for (int i = 0; i < entry.rules().size(); i++) {
            String at = pointer + "/rules/" + i + "/config";
            entry.rules()
                    .get(i)
                    .config()
                    .ifPresent(tree -> problems.addAll(type.config().check(tree, at, loaded.hidden())));
        }
    }

    private void absent(FilterConfig entry, PluginReference reference, String pointer) {
        if (entry.optional()) {
            String consequence = entry.references().size() > 1 ? " goes without it" : " is skipped";
            warnings.add("plugin '" + reference + "' is absent; the optional entry " + pointer + consequence);
            return;
        }
        List<String> there = inventory.all().stream()
                .map(PluginType::name)
                .distinct()
                .sorted()
                .toList();
        problems.add(new Problem(
                pointer + Splits.where(entry, reference),
                "no plugin '" + reference + "' is present",
                there.isEmpty()
                        ? "its JAR in the drop folder, or optional: true"
                        : "one of " + String.join(", ", there)));
    }

    /** What is wrong, in the order in which the entries were looked at. */
    List<Problem> problems() {
        return problems;
    }

    /** What goes on without a plugin. */
    List<String> warnings() {
        return warnings;
    }
}
