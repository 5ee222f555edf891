package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.FileSwap;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is written into the drop folder, and deleted there, because somebody has asked for it. Used by the thread of publisher. */
final class FolderEdits {
    private final Publisher publisher;
    private final Path place;
    private final FolderFiles.Tools tools;
    private final FolderFiles files;

    /** In the folder in this place, whose files are these. */
    FolderEdits(Publisher publisher, Path place, FolderFiles.Tools tools, FolderFiles files) {
        this.publisher = publisher;
        this.place = place;
        this.tools = tools;
        this.files = files;
    }

    /**
     * Takes a file into the folder, unless it cannot be used: then nothing changes. It takes the place of the file that holds
     * the version, or else this name, unless another plugin has that.
     */
    Checked<PluginType> install(String name, JarSeen staged, Origin origin) throws Exception {
        Checked<PluginType> taken = tools.intake()
                .take(staged, publisher.maxZombies(), publisher.inventory().all());
        if (!(taken instanceof Checked.Valid<PluginType> valid)) {
            return taken;
        }
        LoadedPlugin generation = valid.value().generation();
        String sha256 = generation.description().sha256();
        tools.retirement().note(List.of(), List.of(generation));
        tools.revisions().keep(generation);
        String file = publisher.inventory().placeOf(generation.description(), name);
        Inventory candidate = publisher.inventory().with(file, new JarFile.Fit(sha256, valid.value()));
        List<Problem> problems = publisher.rebuild(candidate, rewrite(file, Optional.of(sha256)), origin);
        publisher.forgetUnneeded();
        if (!problems.isEmpty()) {
            return new Checked.Invalid<>(problems);
        }
        files.stir();
        return taken;
    }

    /** Takes a plugin's file out of the folder, if it is still there, unused or not wanted all the same, and as it was. */
    Removal.Outcome uninstall(Removal wish) throws Exception {
        Optional<String> found = publisher.inventory().holding(wish.id(), wish.version()).stream()
                .findFirst();
        if (found.isEmpty()) {
            return new Removal.Outcome.Absent();
        }
        String name = found.get();
        PluginType type = Optional.ofNullable(publisher.inventory().files().get(name))
                .flatMap(Inventory::serving)
                .orElseThrow();
        if (!wish.force() && publisher.isUsed(type)) {
            return new Removal.Outcome.InUse();
        }
        String sha256 = type.generation().description().sha256();
        Deletion deletion = new Deletion(place.resolve(name), sha256, rewrite(name, Optional.empty()));
        try {
            List<Problem> problems = files.remove(name, deletion, wish.origin());
            if (!problems.isEmpty()) {
                return new Removal.Outcome.Refused(problems);
            }
            files.stir();
            return new Removal.Outcome.Done();
        } catch (Deletion.OverwrittenException e) {
            return new Removal.Outcome.Overwritten(name);
        }
    }

    private Rewrite rewrite(String name, Optional<String> sha256) {
        return Rewrite.of(
                tools.revisions().history(), List.of(new FileSwap.Wanted(place.resolve(name), false, sha256)));
    }

    /** What the folder has to become for a revision: files that it does not name go, unless they could not be used. */
    List<FileSwap.Wanted> becoming(Revision revision) {
        Map<String, Optional<String>> wanted = new TreeMap<>();
        publisher.inventory().files().forEach((name, file) -> {
            if (file instanceof JarFile.Fit) {
                wanted.put(name, Optional.empty());
            }
        });
        revision.plugins().forEach(plugin -> wanted.put(plugin.file(), Optional.of(plugin.sha256())));
        return wanted.entrySet().stream()
                .map(file -> new FileSwap.Wanted(place.resolve(file.getKey()), false, file.getValue()))
                .toList();
    }
}
