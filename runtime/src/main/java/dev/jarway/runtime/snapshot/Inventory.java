package dev.jarway.runtime.snapshot;

import com.github.zafarkhaja.semver.Version;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.config.PluginReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which plugins there are to choose from: one for each fit file of the drop folder, and those whose file is gone while the
 * configuration still needs them. Immutable.
 *
 * @param files the drop folder's files, fit or not, by name
 * @param kept generations without a file
 */
public record Inventory(SortedMap<String, JarFile> files, List<PluginType> kept) {
    private static final Comparator<PluginType> AGE = Comparator.comparing((PluginType type) ->
                    Version.parse(type.generation().description().version()))
            .thenComparing(type -> type.generation().identity().generation());

    public Inventory {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        kept = List.copyOf(kept);
    }

    /** Nothing to choose from. */
    static Inventory empty() {
        return new Inventory(new TreeMap<>(), List.of());
    }

    /** A file of the drop folder. */
    public sealed interface JarFile {

        /** Of its content, in hexadecimal; empty if it could not be read, or not be copied, so that it is tried again. */
        String sha256();

        /** It has been loaded. */
        record Fit(String sha256, PluginType type) implements JarFile {}

        /**
         * It has not been loaded, or what came of it could not be used.
         *
         * @param reason why
         * @param curable whether another configuration, or another plugin beside it, may make it fit
         * @param before what was loaded from the file before, and serves on
         */
        record Unfit(String sha256, String reason, boolean curable, Optional<PluginType> before) implements JarFile {}
    }

    /** The plugin that an entry of the configuration means: of that version, or the newest one that is present. */
    public Optional<PluginType> find(PluginReference reference) {
        Optional<PluginType> present = newest(present(), reference);
        return present.isPresent() ? present : newest(kept, reference);
    }

    /** Every plugin whose file is there; where the file is unfit, what it was before. */
    public List<PluginType> present() {
        return files.values().stream().flatMap(file -> serving(file).stream()).toList();
    }

    /** The name of the file that a plugin serves in the name of; empty if it has none any more. */
    public Optional<String> fileOf(PluginType type) {
        return files.entrySet().stream()
                .filter(entry -> serving(entry.getValue()).filter(type::equals).isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** The fit files that hold this version of a plugin. */
    List<String> holding(PluginDescription version) {
        return holding(version.id(), version.version());
    }

    /** The fit files that hold this version of the plugin of this id. */
    List<String> holding(String id, String version) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof JarFile.Fit fit
                        && isMeant(fit.type().generation().description(), id, version))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The file that is to hold this version of a plugin: the one that does already, or else that name, unless another plugin
     * has it, since a name says nothing about what is in a file.
     */
    String placeOf(PluginDescription version, String name) {
        boolean taken = Optional.ofNullable(files.get(name))
                .flatMap(Inventory::serving)
                .filter(type -> !isSame(type.generation().description(), version))
                .isPresent();
        String free = taken ? version.sha256() + "-" + name : name;
        return holding(version).stream().findFirst().orElse(free);
    }

    private static boolean isSame(PluginDescription one, PluginDescription other) {
        return isMeant(one, other.id(), other.version());
    }

    private static boolean isMeant(PluginDescription description, String id, String version) {
        return description.id().equals(id) && description.version().equals(version);
    }

    /** What serves in the name of a file. */
    static Optional<PluginType> serving(JarFile file) {
        return switch (file) {
            case JarFile.Fit fit -> Optional.of(fit.type());
            case JarFile.Unfit unfit -> unfit.before();
        };
    }

    /** Every plugin, with or without a file. */
    public List<PluginType> all() {
        List<PluginType> all = new ArrayList<>(present());
        all.addAll(kept);
        return all;
    }

    private static Optional<PluginType> newest(List<PluginType> types, PluginReference reference) {
        return types.stream()
                .filter(type -> type.generation().description().id().equals(reference.id()))
                .filter(type -> reference
                        .version()
                        .map(type.generation().description().version()::equals)
                        .orElse(true))
                .max(AGE);
    }

    /** The same with another file, or the same file with other content. */
    Inventory with(String name, JarFile file) {
        Map<String, JarFile> changed = new TreeMap<>(files);
        changed.put(name, file);
        return new Inventory(new TreeMap<>(changed), kept);
    }

    /** The same without a file. */
    Inventory without(String name) {
        TreeMap<String, JarFile> changed = new TreeMap<>(files);
        changed.remove(name);
        return new Inventory(changed, kept);
    }

    /** The same, keeping these generations beyond their files. */
    Inventory keeping(List<PluginType> others) {
        return new Inventory(files, others);
    }

    /** The same, keeping no generations beyond their files but those of these that are kept already. */
    Inventory keepingOnly(Set<LoadedPlugin> needed) {
        return keeping(
                kept.stream().filter(type -> needed.contains(type.generation())).toList());
    }
}
