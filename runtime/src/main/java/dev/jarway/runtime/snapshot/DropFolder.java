package dev.jarway.runtime.snapshot;

import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.watch.FolderContent;
import dev.jarway.runtime.watch.FolderWatch;
import dev.jarway.runtime.watch.SeenFile;
import dev.jarway.runtime.watch.WatchOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder whose JARs are the gateway's plugins: what is put there is used, what is taken away is not. */
public final class DropFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DropFolder.class);
    private static final long FIRST_LOOK_SECONDS = 120;

    private final Path path;
    private final Changes changes;
    private final FolderWatch watch;

    private DropFolder(Path path, Changes changes, FolderWatch watch) {
        this.path = path;
        this.changes = changes;
        this.watch = watch;
    }

    /** Watches a folder, from what is in it now; returns once that has been taken over. */
    public static DropFolder watch(Path path, Changes changes, ConfigSource source)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        // Without the inventory itself: the watch keeps its listener, and an inventory keeps plugins from being
        // collected.
        CompletableFuture<Void> first = new CompletableFuture<>();
        CompletableFuture<FolderWatch> started = new CompletableFuture<>();
        FolderWatch watch = FolderWatch.start(path, WatchOptions.standard(), content -> {
            Map<String, JarSeen> seen = seen(content);
            var unused = changes.folder(seen).whenComplete((inventory, failure) -> {
                if (failure != null) {
                    log.error("The drop folder's change could not be taken over", failure);
                    first.completeExceptionally(failure);
                    return;
                }
                if (isUnfinished(seen, inventory)) {
                    tryAgain(started);
                }
                first.complete(null);
                source.pluginsChanged();
            });
        });
        started.complete(watch);
        StagedJar.deleteLeftovers(path);
        first.get(FIRST_LOOK_SECONDS, TimeUnit.SECONDS);
        return new DropFolder(path, changes, watch);
    }

    /** Whether a file is to be tried again although it has not changed: the disk was full, say, or nothing came of it. */
    static boolean isUnfinished(Map<String, JarSeen> seen, Inventory inventory) {
        return seen.entrySet().stream()
                .filter(file -> !file.getValue().sha256().isEmpty())
                .anyMatch(file -> Optional.ofNullable(inventory.files().get(file.getKey()))
                        .filter(known -> known.sha256().equals(file.getValue().sha256()))
                        .isEmpty());
    }

    private static void tryAgain(CompletableFuture<FolderWatch> watch) {
        var unused = watch.thenAccept(FolderWatch::tellAgain);
    }

    private static Map<String, JarSeen> seen(FolderContent content) {
        Map<String, JarSeen> seen = new TreeMap<>();
        content.files().forEach((name, file) -> {
            switch (file) {
                case SeenFile.Hashed hashed -> seen.put(name, new JarSeen(hashed.path(), hashed.sha256()));
                // Loading it will say once more why it cannot be read, beside its name.
                case SeenFile.Unreadable unreadable -> seen.put(name, new JarSeen(unreadable.path(), ""));
            }
        });
        return seen;
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Writes an upload into the folder, hidden, for {@link #install}. The caller closes it when that is over. */
    public StagedJar stage(byte[] jar) throws NotWrittenException {
        return StagedJar.in(path, jar);
    }

    /** Puts a file there under the plugin's id and version, unless it cannot be used: then nothing changes. */
    public CompletableFuture<Checked<PluginType>> install(
            StagedJar staged, PluginDescription description, Origin origin) {
        String name = description.id() + "-" + description.version() + ".jar";
        return changes.install(name, new JarSeen(staged.file(), description.sha256()), origin)
                // Somebody may have deleted it again before the watch has seen it: then there is no change to be seen.
                .whenComplete((taken, failure) -> watch.tellAgain());
    }

    /** Takes over what is there now, without waiting for the watch to notice. */
    public CompletableFuture<Inventory> lookNow() {
        return watch.scanNow().thenCompose(content -> changes.folder(seen(content)));
    }

    /** Deletes a plugin's file there; complete once it is known what has become of that. */
    public CompletableFuture<Removal.Outcome> remove(Removal wish) {
        return changes.uninstall(wish);
    }

    /** Ends the watch. */
    @Override
    public void close() {
        watch.close();
    }
}
