package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.Origin;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place where snapshots are built and put in force, and what was made for others is let go. It knows which plugins there
 * are. Used by the thread of changes; the questions may be asked by any thread.
 */
final class Publisher {
    private static final Logger log = LoggerFactory.getLogger(Publisher.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration LAST_CLOSE_LIMIT = Duration.ofSeconds(5);

    private final SnapshotHolder holder;
    private final ChangeLine line;
    private final Tools tools;
    private final DrainDeadline deadline;

    private volatile Inventory inventory = Inventory.empty();

    /**
     * What it works with.
     *
     * @param builder what Plugins are made with
     * @param revisions in which every publication is written down
     * @param retirement where Plugins and generations go that nobody needs
     * @param clock what time it is
     */
    record Tools(SnapshotBuilder.Tools builder, RevisionLog revisions, Retirement retirement, Clock clock) {}

    /** Publishes to this holder, by the thread of this line. */
    Publisher(SnapshotHolder holder, ChangeLine line, Tools tools) {
        this.holder = holder;
        this.line = line;
        this.tools = tools;
        this.deadline = new DrainDeadline(holder);
    }

    /** What is in force; empty before the first publication. */
    Optional<Snapshot> current() {
        return holder.snapshot();
    }

    /** Which plugins there are now. */
    Inventory inventory() {
        return inventory;
    }

    /** Notes what is known of the drop folder's files, without another snapshot. */
    void note(Inventory other) {
        inventory = other;
    }

    /** Whether the configuration in force uses it. */
    boolean isUsed(PluginType type) {
        return holder.snapshot()
                .filter(snapshot -> !snapshot.users(type.generation()).isEmpty())
                .isPresent();
    }

    /** How many closed generations may stay uncollected before nothing more is loaded. */
    int maxZombies() {
        return holder.snapshot()
                .map(snapshot -> snapshot.loaded().config().plugins().maxZombies())
                .orElse(Integer.MAX_VALUE);
    }

    /** Builds the configuration in force anew with other plugins; what is wrong is empty if that is in force now. */
    List<Problem> rebuild(Inventory candidate, BeforePublication before, Origin origin) throws Exception {
        Optional<Snapshot> current = holder.snapshot();
        if (current.isEmpty()) {
            inventory = candidate;
            return List.of();
        }
        return publish(new Attempt(
                        candidate,
                        current.get().loaded(),
                        before,
                        Optional.of(origin),
                        tools.revisions().next()))
                .problems();
    }

    /** Says what {@link #publish} would say, and changes nothing. */
    Checked<Snapshot> tryOut(Attempt attempt) {
        SnapshotBuilder.Result result = build(attempt);
        abandon(result.made());
        return result.snapshot();
    }

    /**
     * Builds and checks it as a whole, has it written down, and puts it in force; or changes nothing. When this returns, no
     * request of any event loop begins on what was before.
     */
    Checked<Snapshot> publish(Attempt attempt) throws Exception {
        SnapshotBuilder.Result result = build(attempt);
        if (!(result.snapshot() instanceof Checked.Valid<Snapshot> valid)) {
            abandon(result.made());
            return result.snapshot();
        }
        Snapshot snapshot = valid.value();
        Inventory needed = attempt.origin().isPresent() ? snapshot.inventory() : attempt.inventory();
        holder.announce(snapshot);
        try {
            attempt.before().run();
            if (attempt.origin().isPresent()) {
                tools.revisions().append(snapshot, needed, attempt.origin().get());
            }
        } catch (IOException | RuntimeException e) {
            undo(attempt.before(), e);
            holder.announce(null);
            abandon(result.made());
            if (e instanceof NotListeningException refused) {
                return new Checked.Invalid<>(List.of(refused.problem()));
            }
            throw e;
        }
        inventory = needed;
        tools.retirement().note(result.made(), List.of());
        putInForce(snapshot);
        holder.announce(null);
        attempt.before().settle();
        forgetUnneeded();
        log.info("Published revision {}", snapshot.revision());
        return valid;
    }

    /**
     * Makes the newest revision say what is in force, and what is in force bear its number. A new one is written only if it
     * says something else.
     */
    void writeDown(Origin origin) throws Exception {
        Snapshot now = holder.snapshot().orElseThrow();
        long newest = tools.revisions().history().last();
        boolean known = tools.revisions().isNewest(now.loaded().document(), inventory);
        if (known) {
            tools.revisions().keep(now.loaded().document(), inventory);
            if (now.revision() == newest) {
                return;
            }
        }
        Checked<Snapshot> written = publish(new Attempt(
                inventory,
                now.loaded(),
                () -> {},
                known ? Optional.empty() : Optional.of(origin),
                known ? newest : tools.revisions().next()));
        if (!written.problems().isEmpty()) {
            throw new IllegalStateException("what is in force cannot be built anew: " + written.problems());
        }
    }

    /** Reads what services' TLS is made of again, and puts that in force if it is something else. */
    void renewTls() throws Exception {
        Optional<Snapshot> current = holder.snapshot();
        if (current.isEmpty()) {
            return;
        }
        Snapshot now = current.get();
        Attempt again = new Attempt(inventory, now.loaded(), () -> {}, Optional.empty(), now.revision());
        boolean same = tryOut(again) instanceof Checked.Valid<Snapshot> tried
                && tried.value().plan().services().equals(now.plan().services())
                && tried.value().warnings().equals(now.warnings());
        if (!same) {
            List<Problem> problems = publish(again).problems();
            problems.forEach(
                    problem -> log.warn("Files of services' TLS have changed, and are not taken: {}", problem));
        }
    }

    private void putInForce(Snapshot snapshot) throws Exception {
        SnapshotHolder.Handover handover = holder.publish(snapshot);
        Duration limit = snapshot.loaded().config().drain().deadline();
        handover.replaced().ifPresent(before -> deadline.set(before, limit));
        var unused = handover.gone().whenComplete((done, never) -> line.then(this::forgetUnneeded));
        Set<Path> ofServices = snapshot.plan().services().values().stream()
                .flatMap(service -> tools.builder().tls().files(service.config().tls()))
                .collect(Collectors.toSet());
        tools.builder().certificates().keep(snapshot.tls().values(), ofServices);
        handover.everywhere().get();
    }

    private static void undo(BeforePublication before, Exception cause) {
        try {
            before.undo();
        } catch (IOException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    private SnapshotBuilder.Result build(Attempt attempt) {
        return new SnapshotBuilder(attempt.loaded(), attempt.inventory(), holder.snapshot(), tools.builder())
                .build(attempt.revision(), tools.clock().instant());
    }

    private void abandon(List<LivePlugin> made) {
        tools.retirement().note(made, List.of());
        forgetUnneeded();
    }

    /** Lets go of what neither a snapshot that is alive nor the inventory needs. */
    void forgetUnneeded() {
        Duration closeLimit = holder.snapshot()
                .map(snapshot -> snapshot.loaded().config().plugins().closeTimeout())
                .orElse(CLOSE_LIMIT);
        tools.retirement().retire(Retirement.Needed.of(holder.alive(), inventory), closeLimit);
    }

    /** Keeps no deadline any more: all requests are over. */
    void stopWaiting() {
        deadline.stop();
    }

    /** Closes all Plugins. */
    void closeAll() throws InterruptedException {
        tools.retirement().retire(new Retirement.Needed(Set.of(), Set.of(), Set.of()), LAST_CLOSE_LIMIT);
        tools.retirement().stop();
    }
}
