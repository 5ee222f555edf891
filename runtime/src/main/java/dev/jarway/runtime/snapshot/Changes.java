package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one line in which changes wait, of configuration as of plugins: each is built and checked as a whole, then published by
 * one write, or it changes nothing. The methods may be called from any thread; the work is done on a thread of its own.
 */
public final class Changes {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    private final SnapshotHolder holder;
    private final SnapshotBuilder.Tools tools;
    private final JarIntake intake;
    private final Retirement retirement;
    private final DrainDeadline deadline;
    private final Clock clock;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("jarway-changes").factory());

    private volatile Inventory inventory = Inventory.empty();
    private Map<String, JarSeen> folder = Map.of();
    private long revisions;

    /** What a build stands on: plugins, configuration, and what is done between the check and the publication. */
    private record Attempt(Inventory inventory, LoadedConfig loaded, BeforePublication before) {}

    /** The last thing that may stop a publication: making it durable. */
    public interface BeforePublication {
        void run() throws IOException;
    }

    /**
     * What changes work with besides.
     *
     * @param boundary over which plugins are called
     * @param loops how many event loops there are
     * @param clock what time it is
     */
    public record Surroundings(Boundary boundary, int loops, Clock clock) {}

    /** Changes to what this holder holds. */
    public Changes(SnapshotHolder holder, PluginLoader loader, HostServices services, Surroundings around) {
        this.holder = holder;
        this.tools = new SnapshotBuilder.Tools(around.boundary(), services, around.loops());
        this.intake = new JarIntake(loader, around.boundary());
        this.retirement = new Retirement(loader, around.boundary());
        this.deadline = new DrainDeadline(holder);
        this.clock = around.clock();
    }

    /** What is in force; empty before the first configuration. */
    Optional<Snapshot> current() {
        return holder.snapshot();
    }

    /** Which plugins there are now. */
    public Inventory inventory() {
        return inventory;
    }

    /**
     * Puts a configuration in force. When the future is complete, no request of any event loop begins on the one before.
     *
     * @param before makes the change durable; if it fails, nothing changes
     */
    public CompletableFuture<Checked<Snapshot>> configure(LoadedConfig loaded, BeforePublication before) {
        return onThread(() -> configureNow(loaded, before));
    }

    /** Says what {@link #configure} would say, and changes nothing. */
    public CompletableFuture<Checked<Snapshot>> tryOut(LoadedConfig loaded) {
        return onThread(() -> {
            SnapshotBuilder.Result result = build(new Attempt(inventory, loaded, () -> {}));
            abandon(result.made());
            return result.snapshot();
        });
    }

    /** Takes over what is in the drop folder now, file by file: what cannot be used is noted, and touches nothing else. */
    public CompletableFuture<Inventory> folder(Map<String, JarSeen> content) {
        return onThread(() -> {
            folder = Map.copyOf(content);
            for (Map.Entry<String, JarSeen> file : new TreeMap<>(content).entrySet()) {
                if (!isKnown(file.getKey(), file.getValue())) {
                    take(file.getKey(), file.getValue());
                }
            }
            for (String name : List.copyOf(inventory.files().keySet())) {
                if (!content.containsKey(name)) {
                    remove(name);
                }
            }
            cure();
            return inventory;
        });
    }

    /** What a file says of itself; fails with {@link dev.jarway.loader.jar.PluginRefusedException}. Runs nothing of it. */
    public CompletableFuture<PluginDescription> inspect(Path jar) {
        return intake.inspect(jar);
    }

    /**
     * Takes a file into the drop folder, unless it cannot be used: then nothing changes.
     *
     * @param name that it is to have there
     * @param staged where it is now
     * @param move puts it there
     */
    public CompletableFuture<Checked<PluginType>> install(String name, JarSeen staged, BeforePublication move) {
        return onThread(() -> {
            Checked<PluginType> taken = intake.take(staged.path());
            if (!(taken instanceof Checked.Valid<PluginType> valid)) {
                return taken;
            }
            retirement.note(List.of(), List.of(valid.value().generation()));
            Inventory candidate = inventory.with(name, new JarFile.Fit(staged.sha256(), valid.value()));
            LoadedConfig current = holder.snapshot().orElseThrow().loaded();
            List<Problem> problems =
                    publish(new Attempt(candidate, current, move)).problems();
            forgetUnneeded();
            return problems.isEmpty() ? taken : new Checked.Invalid<>(problems);
        });
    }

    private boolean isKnown(String name, JarSeen seen) {
        JarFile known = inventory.files().get(name);
        return known != null && known.sha256().equals(seen.sha256());
    }

    /** Takes a file into the inventory; true if it is fit. */
    private boolean take(String name, JarSeen seen) throws Exception {
        Optional<PluginType> before =
                Optional.ofNullable(inventory.files().get(name)).flatMap(Inventory::serving);
        Checked<PluginType> taken = intake.take(seen.path());
        if (!(taken instanceof Checked.Valid<PluginType> valid)) {
            unfit(name, seen.sha256(), taken.problems(), before);
            return false;
        }
        PluginType type = valid.value();
        retirement.note(List.of(), List.of(type.generation()));
        Inventory candidate = inventory.with(name, new JarFile.Fit(seen.sha256(), type));
        List<Problem> problems = rebuild(candidate);
        if (problems.isEmpty()) {
            return true;
        }
        unfit(name, seen.sha256(), problems, before);
        forgetUnneeded();
        return false;
    }

    private void unfit(String name, String sha256, List<Problem> problems, Optional<PluginType> before) {
        boolean curable = JarIntake.isCurable(problems);
        String reason = String.join("; ", problems.stream().map(JarIntake::text).toList());
        log.warn("{} cannot be used: {}", name, reason);
        inventory = inventory.with(name, new JarFile.Unfit(sha256, reason, curable, before));
    }

    private void remove(String name) throws Exception {
        Optional<PluginType> type =
                Optional.ofNullable(inventory.files().get(name)).flatMap(Inventory::serving);
        log.info("{} is gone from the drop folder", name);
        Inventory without = inventory.without(name);
        if (type.isPresent() && !rebuild(without).isEmpty()) {
            List<PluginType> kept = new ArrayList<>(without.kept());
            kept.add(type.get());
            rebuild(without.keeping(kept));
            log.warn(
                    "The configuration still needs plugin {}; it serves on from its private copy",
                    type.get().name());
        } else {
            inventory = type.isPresent() ? inventory : without;
        }
    }

    /** Tries again with files that lacked something which may be there now, as long as that gets further. */
    private void cure() throws Exception {
        boolean further = true;
        while (further) {
            further = false;
            for (Map.Entry<String, JarSeen> file : curable().entrySet()) {
                further |= take(file.getKey(), file.getValue());
            }
        }
    }

    private Map<String, JarSeen> curable() {
        Map<String, JarSeen> curable = new TreeMap<>();
        inventory.files().forEach((name, file) -> {
            JarSeen seen = folder.get(name);
            if (file instanceof JarFile.Unfit unfit && unfit.curable() && seen != null) {
                curable.put(name, seen);
            }
        });
        return curable;
    }

    private Checked<Snapshot> configureNow(LoadedConfig loaded, BeforePublication before) throws Exception {
        Checked<Snapshot> result = publish(new Attempt(inventory, loaded, before));
        if (result instanceof Checked.Invalid<Snapshot> && !curable().isEmpty()) {
            Checked<Snapshot> together = publish(new Attempt(withCured(), loaded, before));
            result = together.problems().isEmpty() ? together : result;
            forgetUnneeded();
        }
        if (result.problems().isEmpty()) {
            cure();
        }
        return result;
    }

    /** The inventory if the files that did not fit the present configuration were fit: another one may be made for them. */
    private Inventory withCured() throws InterruptedException {
        Inventory cured = inventory;
        for (Map.Entry<String, JarSeen> file : curable().entrySet()) {
            if (intake.take(file.getValue().path()) instanceof Checked.Valid<PluginType> valid) {
                retirement.note(List.of(), List.of(valid.value().generation()));
                cured = cured.with(
                        file.getKey(), new JarFile.Fit(file.getValue().sha256(), valid.value()));
            }
        }
        return cured;
    }

    /** Builds the configuration in force anew with other plugins; what is wrong is empty if that is in force now. */
    private List<Problem> rebuild(Inventory candidate) throws Exception {
        Optional<Snapshot> current = holder.snapshot();
        if (current.isEmpty()) {
            inventory = candidate;
            return List.of();
        }
        return publish(new Attempt(candidate, current.get().loaded(), () -> {})).problems();
    }

    private Checked<Snapshot> publish(Attempt attempt) throws Exception {
        SnapshotBuilder.Result result = build(attempt);
        if (!(result.snapshot() instanceof Checked.Valid<Snapshot> valid)) {
            abandon(result.made());
            return result.snapshot();
        }
        try {
            attempt.before().run();
        } catch (IOException e) {
            abandon(result.made());
            throw e;
        }
        Snapshot snapshot = valid.value();
        revisions = snapshot.revision();
        inventory = onlyNeeded(attempt.inventory(), snapshot);
        retirement.note(result.made(), List.of());
        SnapshotHolder.Handover handover = holder.publish(snapshot);
        handover.replaced().ifPresent(before -> leave(before, snapshot));
        handover.everywhere().get();
        forgetUnneeded();
        log.info("Published revision {}", snapshot.revision());
        return valid;
    }

    private void leave(Publication before, Snapshot after) {
        deadline.set(before, after.loaded().config().drain().deadline());
        var unused = before.drained().whenComplete((done, never) -> thread.execute(this::forgetUnneeded));
    }

    private SnapshotBuilder.Result build(Attempt attempt) {
        return new SnapshotBuilder(attempt.loaded(), attempt.inventory(), holder.snapshot(), tools)
                .build(revisions + 1, clock.instant());
    }

    /** A generation without a file is kept only as long as the snapshot in force has a Plugin of it. */
    private static Inventory onlyNeeded(Inventory inventory, Snapshot snapshot) {
        List<LoadedPlugin> used = snapshot.plugins().values().stream()
                .map(live -> live.plugin().generation())
                .toList();
        return inventory.keeping(inventory.kept().stream()
                .filter(type -> used.contains(type.generation()))
                .toList());
    }

    private void abandon(List<LivePlugin> made) {
        retirement.note(made, List.of());
        forgetUnneeded();
    }

    private void forgetUnneeded() {
        Duration closeLimit = holder.snapshot()
                .map(snapshot -> snapshot.loaded().config().plugins().closeTimeout())
                .orElse(Duration.ofSeconds(10));
        retirement.retire(Retirement.Needed.of(holder.alive(), inventory), closeLimit);
    }

    private <T> CompletableFuture<T> onThread(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                result.complete(work.call());
            } catch (Throwable e) {
                log.error("A change failed", e);
                result.completeExceptionally(e);
            }
        });
        return result;
    }

    /** Lets the changes that wait come to their end, then closes all Plugins. Called when no request is under way any more. */
    public void stop() throws InterruptedException {
        deadline.stop();
        thread.shutdown();
        thread.awaitTermination(30, TimeUnit.SECONDS);
        retirement.retire(new Retirement.Needed(Set.of(), Set.of(), Set.of()), Duration.ofSeconds(5));
        retirement.stop();
    }
}
