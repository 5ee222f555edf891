package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.history.ConfigText;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The history as those see it who make snapshots: what of a snapshot is written down, and when two are the same. */
final class RevisionLog {
    private final History history;
    private final PluginLoader loader;
    private final Path file;

    RevisionLog(History history, PluginLoader loader, Path config) {
        this.history = history;
        this.loader = loader;
        this.file = config;
    }

    History history() {
        return history;
    }

    /** The number that the next snapshot has. */
    long next() {
        return history.last() + 1;
    }

    /** The revisions of this configuration's file, newest first. */
    List<Revision> ofThisFile() {
        return history.revisionsOf(file);
    }

    /** Writes a snapshot down; when this returns it survives a crash. */
    void append(Snapshot snapshot, Inventory inventory, Origin origin) throws NotWrittenException {
        ConfigDocument document = snapshot.loaded().document();
        String kept = keep(document, inventory);
        ConfigText text = new ConfigText(History.nameOf(file), document.format(), kept);
        written(() -> history.append(
                new History.Draft(snapshot.publishedAt(), origin, text, plugins(inventory)),
                snapshot.loaded().config().history().retain()));
    }

    /** Sees to it that the contents are kept, and whole; says under which hash the text is. */
    String keep(ConfigDocument document, Inventory inventory) throws NotWrittenException {
        for (PluginType type : inventory.all()) {
            keep(type.generation());
        }
        return written(() -> history.keep(document.bytes()));
    }

    /** Likewise for one JAR. */
    void keep(LoadedPlugin generation) throws NotWrittenException {
        written(() -> {
            history.keep(generation.description().sha256(), loader.copyOf(generation));
            return "";
        });
    }

    /** What writes in the history. */
    private interface Writing<T> {
        T write() throws IOException;
    }

    private <T> T written(Writing<T> writing) throws NotWrittenException {
        try {
            return writing.write();
        } catch (IOException e) {
            throw new NotWrittenException(history.directory(), e);
        }
    }

    /** Whether the newest revision says just this. */
    boolean isNewest(ConfigDocument document, Inventory inventory) throws IOException {
        var newest = history.newest();
        return newest.isPresent()
                && newest.get().config().file().equals(History.nameOf(file))
                && newest.get().plugins().equals(plugins(inventory))
                && history.document(newest.get()).tree().equals(document.tree());
    }

    /** Plugins of a revision whose files are there as it names them, and cannot be used. */
    static List<Problem> lost(Revision revision, Inventory inventory) {
        return revision.plugins().stream()
                .filter(plugin -> !plugin.kept())
                .flatMap(plugin -> inventory.files().get(plugin.file()) instanceof JarFile.Unfit unfit
                                && (unfit.sha256().isEmpty() || unfit.sha256().equals(plugin.sha256()))
                        ? Stream.of(new Problem("", plugin.file() + ": " + unfit.reason(), "as fit as it was before"))
                        : Stream.empty())
                .toList();
    }

    /** The plugins that there are to choose from, as a revision names them. */
    static List<PluginFile> plugins(Inventory inventory) {
        List<PluginFile> plugins = new ArrayList<>();
        inventory.files().forEach((name, jar) -> {
            boolean kept = jar instanceof JarFile.Unfit;
            Inventory.serving(jar).ifPresent(type -> plugins.add(plugin(name, type, kept)));
        });
        Set<String> names = new TreeSet<>(inventory.files().keySet());
        for (PluginType type : inventory.kept()) {
            PluginDescription description = type.generation().description();
            String name = description.id() + "-" + description.version();
            // Two generations of one version may be kept, or its name may be another file's.
            String free = names.add(name + ".jar") ? name + ".jar" : name + "-" + description.sha256() + ".jar";
            plugins.add(plugin(free, type, true));
        }
        plugins.sort(Comparator.comparing(PluginFile::file));
        return plugins;
    }

    private static PluginFile plugin(String name, PluginType type, boolean kept) {
        PluginDescription description = type.generation().description();
        return new PluginFile(name, description.id(), description.version(), description.sha256(), kept);
    }
}
