package dev.jarway.runtime.snapshot;

import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.jar.PluginDescription;
import dev.jarway.runtime.balance.TlsMaterial;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.history.FileSwap;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.host.HostServices;
import dev.jarway.runtime.rollout.RolloutJournal;
import dev.jarway.runtime.tls.CertificateShelf;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one line in which changes wait, of configuration as of plugins: each is built and checked as a whole, then published by
 * one write, or it changes nothing. The methods may be called from any thread; the work is done on a thread of its own.
 */
public final class Changes {
    private static final Logger log = LoggerFactory.getLogger(Changes.class);

    private final JarIntake intake;
    private final RevisionLog revisions;
    private final Recall recall;
    private final Publisher publisher;
    private final FolderFiles files;
    private final FolderEdits edits;
    private final ChangeLine line = new ChangeLine();

    private volatile Optional<Fallback> fallback = Optional.empty();
    private boolean fileInForce = true;

    /**
     * What changes work with besides.
     *
     * @param boundary over which plugins are called
     * @param loops how many event loops there are
     * @param clock what time it is
     * @param history in which every change is written down
     * @param rollouts where they stood last
     * @param certificates what listeners show
     * @param tls what services are spoken to with over TLS
     * @param files what changes are read from and written to
     */
    public record Surroundings(
            Boundary boundary,
            int loops,
            Clock clock,
            History history,
            RolloutJournal rollouts,
            CertificateShelf certificates,
            TlsMaterial tls,
            Files files) {}

    /**
     * The files of a configuration.
     *
     * @param config its document
     * @param folder the drop folder
     */
    public record Files(Path config, Path folder) {}

    /** Changes to what this holder holds. */
    public Changes(SnapshotHolder holder, PluginLoader loader, HostServices services, Surroundings around) {
        Retirement retirement = new Retirement(loader, around.boundary());
        this.intake = new JarIntake(loader, around.boundary(), around.loops());
        this.revisions =
                new RevisionLog(around.history(), loader, around.files().config());
        this.recall = new Recall(around.history(), intake, retirement);
        this.publisher = new Publisher(
                holder,
                line,
                new Publisher.Tools(
                        new SnapshotBuilder.Tools(
                                around.boundary(),
                                services,
                                around.loops(),
                                around.rollouts(),
                                around.certificates(),
                                around.tls()),
                        revisions,
                        retirement,
                        around.clock()));
        Path folder = around.files().folder().toAbsolutePath();
        FolderFiles.Tools tools = new FolderFiles.Tools(intake, retirement, revisions);
        this.files = new FolderFiles(publisher, folder, tools);
        this.edits = new FolderEdits(publisher, folder, tools, files);
    }

    /** What is in force; empty before the first configuration. */
    Optional<Snapshot> current() {
        return publisher.current();
    }

    /** Which plugins there are now. */
    public Inventory inventory() {
        return publisher.inventory();
    }

    /** That the gateway has started on an earlier revision than it was meant to, as long as that is so. */
    public Optional<Fallback> fallback() {
        return fallback;
    }

    /** Every revision that is kept. */
    public History history() {
        return revisions.history();
    }

    /** Publishes for the first time: what the file and the folder say, or else the last revision that can be built. */
    CompletableFuture<Checked<Snapshot>> start(FirstPublication.Start start) {
        return line.add(() -> {
            FirstPublication.Result result = new FirstPublication(publisher, revisions, recall, start).make();
            fallback = result.fallback();
            fileInForce = fallback.isEmpty();
            publisher.forgetUnneeded();
            return result.snapshot();
        });
    }

    /** Makes the newest revision say what is in force, if another process has written the history meanwhile. */
    public CompletableFuture<Void> writeDown(String reason) {
        return line.add(() -> {
            publisher.writeDown(Origin.start(reason));
            return null;
        });
    }

    /**
     * Takes over what stands now in the files by which services are spoken to over TLS. It is no revision: the configuration
     * is the same.
     */
    public CompletableFuture<Void> renewTls() {
        return line.add(() -> {
            publisher.renewTls();
            return null;
        });
    }

    /** Plugins of a revision whose files are there as it names them, and cannot be used now. */
    public List<Problem> lostOf(Revision revision) {
        return RevisionLog.lost(revision, inventory());
    }

    /**
     * Puts a configuration in force. When the future is complete, no request of any event loop begins on the one before.
     * Empty if the proposal was out of date, and nothing is known of it.
     */
    CompletableFuture<Optional<Checked<Snapshot>>> configure(Proposal proposal) {
        return line.add(() -> carryOut(proposal));
    }

    /** The same, but it fails with a {@link dev.jarway.runtime.history.NotInChargeException} while changes are held. */
    CompletableFuture<Optional<Checked<Snapshot>>> configureUnlessHeld(Proposal proposal) {
        return line.addUnlessHeld(() -> carryOut(proposal));
    }

    private Optional<Checked<Snapshot>> carryOut(Proposal proposal) throws Exception {
        Optional<Checked<Snapshot>> result = switch (proposal.draft(publisher.current())) {
            case Proposal.Outcome.Drafted drafted -> Optional.of(configureNow(drafted.draft()));
            case Proposal.Outcome.InForce same -> publisher.current().map(Checked.Valid::new);
            case Proposal.Outcome.Superseded gone -> Optional.empty();
        };
        fileInForce |= result.isPresent() && result.get().problems().isEmpty();
        reconsiderFallback();
        return result;
    }

    /** Says what {@link #configure} would say, and changes nothing. */
    CompletableFuture<Checked<Snapshot>> tryOut(Proposal proposal) {
        return line.addUnlessHeld(() -> {
            if (!(proposal.draft(publisher.current()) instanceof Proposal.Outcome.Drafted drafted)) {
                return new Checked.Valid<>(publisher.current().orElseThrow());
            }
            return drafted.draft() instanceof Checked.Valid<Proposal.Draft> valid
                    ? aloneOrTogether(valid.value(), publisher::tryOut)
                    : new Checked.Invalid<>(drafted.draft().problems());
        });
    }

    /**
     * Takes over what was seen in the drop folder, file by file: what cannot be used is noted, and touches nothing else. A
     * file that has changed since it was seen is left for the next picture.
     */
    public CompletableFuture<Inventory> folder(Map<String, JarSeen> content) {
        return line.add(() -> {
            files.see(content);
            reconsiderFallback();
            return inventory();
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
     * @param origin where it comes from
     */
    CompletableFuture<Checked<PluginType>> install(String name, JarSeen staged, Origin origin) {
        return line.addUnlessHeld(() -> edits.install(name, staged, origin));
    }

    /** Takes a file out of the drop folder; what the configuration needs of it serves on. */
    CompletableFuture<Removal.Outcome> uninstall(Removal wish) {
        return line.addUnlessHeld(() -> edits.uninstall(wish));
    }

    /** What the drop folder has to become for a revision. */
    List<FileSwap.Wanted> folderOf(Revision revision) {
        return edits.becoming(revision);
    }

    private Checked<Snapshot> configureNow(Checked<Proposal.Draft> checked) throws Exception {
        if (!(checked instanceof Checked.Valid<Proposal.Draft> valid)) {
            return new Checked.Invalid<>(checked.problems());
        }
        Proposal.Draft draft = valid.value();
        Checked<Inventory> wanted =
                draft.plugins().isPresent() ? restored(draft.plugins().get()) : new Checked.Valid<>(inventory());
        if (!(wanted instanceof Checked.Valid<Inventory> plugins)) {
            publisher.forgetUnneeded();
            return new Checked.Invalid<>(wanted.problems());
        }
        if (draft.plugins().isPresent()) {
            Checked<Snapshot> restored = publisher.publish(attempt(plugins.value(), draft));
            if (restored.problems().isEmpty()) {
                files.rest();
            }
            return restored;
        }
        Checked<Snapshot> result = aloneOrTogether(draft, publisher::publish);
        if (result.problems().isEmpty()) {
            files.cure();
        }
        return result;
    }

    /** With the plugins that there are, or else with files too that wait for it. */
    private Checked<Snapshot> aloneOrTogether(Proposal.Draft draft, WaitingFiles.Use use) throws Exception {
        return new WaitingFiles(files, publisher).with(plugins -> attempt(plugins, draft), use);
    }

    private Attempt attempt(Inventory plugins, Proposal.Draft draft) {
        return new Attempt(plugins, draft.loaded(), draft.before(), Optional.of(draft.origin()), revisions.next());
    }

    private Checked<Inventory> restored(Revision revision) throws InterruptedException {
        return switch (recall.types(revision, inventory())) {
            case Checked.Invalid<Map<String, PluginType>> invalid -> new Checked.Invalid<>(invalid.problems());
            case Checked.Valid<Map<String, PluginType>> valid ->
                new Checked.Valid<>(Recall.restored(valid.value(), inventory()));
        };
    }

    /** The file and the folder are in force when the file is, and no plugin serves in the place of a file that is not. */
    private void reconsiderFallback() {
        if (fallback.isPresent()
                && fileInForce
                && RevisionLog.plugins(inventory()).stream().noneMatch(PluginFile::kept)) {
            log.info("The gateway runs again on what its configuration file and its drop folder say");
            fallback = Optional.empty();
        }
    }

    /**
     * Lets the changes that wait come to their end, and carries out no more until {@link #resume}: what was seen in files waits
     * in line, what is asked for fails with a {@link dev.jarway.runtime.history.NotInChargeException}. Complete when it is so.
     */
    public CompletableFuture<Void> hold() {
        return line.hold();
    }

    /** Goes on after a {@link #hold}. */
    public void resume() {
        line.resume();
    }

    /** Whether changes wait for {@link #resume}. */
    public boolean isHeld() {
        return line.isHeld();
    }

    /**
     * Lets the changes that wait come to their end, unless they are held, then closes all Plugins. Called when no request is
     * under way any more.
     */
    public void stop() throws InterruptedException {
        line.stop();
        publisher.stopWaiting();
        publisher.closeAll();
    }
}
