package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.history.PluginFile;
import dev.jarway.runtime.history.Revision;
import dev.jarway.runtime.snapshot.Proposal.Draft;
import dev.jarway.runtime.snapshot.Proposal.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that the configuration stands in, and the ways in which it changes: somebody edits the file, or the admin endpoint
 * writes it. What cannot be applied is not, and the problems are remembered.
 */
public final class ConfigSource {
    private static final Logger log = LoggerFactory.getLogger(ConfigSource.class);

    private final Path file;
    private final References references;
    private final Changes changes;
    private final Listening listening;
    private volatile List<Problem> rejected = List.of();

    /** What has to follow a change of the listeners. */
    public interface Listening {

        /** Opens the listeners that are new; what it throws stops the change. */
        void prepare(LoadedConfig next) throws IOException;

        /** Closes those that are gone. */
        void settle(LoadedConfig now);
    }

    /** A new document, made from the one in force when its turn has come. */
    public interface Edit {

        /** The document, or what is wrong with what was sent. */
        Checked<ConfigDocument> of(ConfigDocument current);
    }

    /**
     * What goes with a change that somebody asks for.
     *
     * @param origin where it comes from
     * @param etag whether the entity tag in force is one that the change was meant for
     */
    public record Terms(Origin origin, Predicate<String> etag) {

        /** Whatever is in force. */
        public static Terms always(Origin origin) {
            return new Terms(origin, etag -> true);
        }
    }

    /** The configuration in a file. */
    public ConfigSource(Path file, References references, Changes changes, Listening listening) {
        this.file = file;
        this.references = references;
        this.changes = changes;
        this.listening = listening;
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** What is wrong with the file as it stands; empty if it is in force. */
    public List<Problem> rejected() {
        return rejected;
    }

    /** Puts the file's content in force, or else the last revision that can be, and opens the first listeners. */
    public CompletableFuture<Checked<Snapshot>> start(byte[] content) {
        Checked<ConfigDocument> read = ConfigDocument.parse(content, DocumentFormat.of(file));
        return changes.start(new FirstPublication.Start(read, references, listening))
                .whenComplete((result, failure) ->
                        rejected = changes.fallback().map(Fallback::problems).orElse(List.of()));
    }

    /**
     * Somebody has edited the file, so that it has this content. If it has another by the time that this is looked into,
     * nothing is done: the watch will tell that one. What this leads to is logged, and shown by {@link #rejected}. Complete
     * when it has.
     */
    public CompletableFuture<Void> changed(byte[] content) {
        return lookAt(now -> Arrays.equals(now, content));
    }

    /** Takes over what the file says now, without waiting for the watch to notice. Otherwise as {@link #changed}. */
    public CompletableFuture<Void> lookNow() {
        return lookAt(now -> true);
    }

    /** The plugins have changed: what could not be applied without them may be applied now. */
    void pluginsChanged() {
        if (!rejected.isEmpty()) {
            var unused = lookNow();
        }
    }

    private CompletableFuture<Void> lookAt(Predicate<byte[]> wanted) {
        return changes.configure(current -> {
                    byte[] now = Files.readAllBytes(file);
                    return wanted.test(now) ? edited(now, current.orElseThrow()) : new Outcome.Superseded();
                })
                .whenComplete((result, failure) -> {
                    if (failure != null) {
                        reject(List.of(new Problem("", "could not be applied: " + failure, "see the gateway's log")));
                    } else {
                        result.ifPresent(looked -> reject(looked.problems()));
                    }
                })
                .thenAccept(result -> {});
    }

    private void reject(List<Problem> problems) {
        rejected = problems;
        problems.forEach(problem -> log.error("{} is not applied: {}", file.getFileName(), problem));
    }

    /** Nothing is to be done if the file says what is in force already, as after {@link #replace} has written it. */
    private Outcome edited(byte[] content, Snapshot current) {
        Checked<ConfigDocument> read = ConfigDocument.parse(content, DocumentFormat.of(file));
        if (read instanceof Checked.Valid<ConfigDocument> same && says(same.value(), current)) {
            return new Outcome.InForce();
        }
        log.info("{} has changed", file.getFileName());
        Origin origin = Origin.file(String.valueOf(file.getFileName()));
        return new Outcome.Drafted(draft(
                read, loaded -> new Draft(loaded, Optional.empty(), relistening(loaded, current, () -> {}), origin)));
    }

    private static boolean says(ConfigDocument document, Snapshot current) {
        return current.loaded().document().tree().equals(document.tree());
    }

    /** Puts a document in force and in the file's place. */
    public CompletableFuture<Checked<Snapshot>> replace(ConfigDocument document) {
        return replace(current -> new Checked.Valid<>(document), Terms.always(Origin.admin("gateway", "")));
    }

    /**
     * Puts a document in force and in the file's place. Fails with {@link ChangedMeanwhileException} if it was meant for
     * another one than is in force when its turn has come, and with a {@link dev.jarway.runtime.history.NotInChargeException}
     * while another process takes over.
     */
    public CompletableFuture<Checked<Snapshot>> replace(Edit edit, Terms terms) {
        return accepted(changes.configureUnlessHeld(now -> {
            Snapshot current = current(now, terms);
            return new Outcome.Drafted(draft(
                    edit.of(current.loaded().document()),
                    loaded -> new Draft(
                            loaded,
                            Optional.empty(),
                            relistening(loaded, current, writing(loaded, current)),
                            terms.origin())));
        }));
    }

    /** Says what is wrong with a document, and changes nothing. */
    public CompletableFuture<Checked<Snapshot>> tryOut(Edit edit, Terms terms) {
        return changes.tryOut(now -> {
            Snapshot current = current(now, terms);
            return new Outcome.Drafted(draft(
                    edit.of(current.loaded().document()),
                    loaded -> new Draft(loaded, Optional.empty(), () -> {}, terms.origin())));
        });
    }

    /**
     * Puts an earlier revision in force again, its configuration as its plugins: in the file, in the drop folder, and as a
     * new revision. Fails as {@link #replace(Edit, Terms)} does.
     */
    public CompletableFuture<Checked<Snapshot>> restore(Revision revision, Terms terms) {
        return accepted(changes.configureUnlessHeld(now -> {
            Snapshot current = current(now, terms);
            List<Problem> problems = new ArrayList<>();
            Checked<LoadedConfig> loaded = load(revision);
            problems.addAll(loaded.problems());
            for (PluginFile plugin : revision.plugins()) {
                missing(plugin).ifPresent(problems::add);
            }
            return new Outcome.Drafted(
                    problems.isEmpty()
                            ? new Checked.Valid<>(new Draft(
                                    loaded.value(),
                                    Optional.of(revision),
                                    relistening(loaded.value(), current, restoring(loaded.value(), current, revision)),
                                    terms.origin()))
                            : new Checked.Invalid<>(problems));
        }));
    }

    private Checked<LoadedConfig> load(Revision revision) {
        try {
            return history().document(revision).load(references);
        } catch (IOException e) {
            return new Checked.Invalid<>(
                    List.of(new Problem("", String.valueOf(e.getMessage()), "the revision's configuration")));
        }
    }

    private Optional<Problem> missing(PluginFile plugin) {
        try {
            history().jar(plugin);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Problem("", plugin.file() + ": " + e.getMessage(), "the revision's JAR"));
        }
    }

    private static Snapshot current(Optional<Snapshot> now, Terms terms) throws ChangedMeanwhileException {
        Snapshot current = now.orElseThrow();
        String etag = current.loaded().document().etag();
        if (!terms.etag().test(etag)) {
            throw new ChangedMeanwhileException(etag);
        }
        return current;
    }

    private Checked<Draft> draft(Checked<ConfigDocument> document, Drafting drafting) {
        if (!(document instanceof Checked.Valid<ConfigDocument> read)) {
            return new Checked.Invalid<>(document.problems());
        }
        return switch (read.value().load(references)) {
            case Checked.Invalid<LoadedConfig> invalid -> new Checked.Invalid<>(invalid.problems());
            case Checked.Valid<LoadedConfig> valid -> new Checked.Valid<>(drafting.of(valid.value()));
        };
    }

    private CompletableFuture<Checked<Snapshot>> accepted(CompletableFuture<Optional<Checked<Snapshot>>> change) {
        return change.thenApply(Optional::orElseThrow).whenComplete((result, failure) -> {
            if (result != null && result.problems().isEmpty()) {
                rejected = List.of();
            }
        });
    }

    private Relistening relistening(LoadedConfig next, Snapshot current, BeforePublication files) {
        return new Relistening(listening, current.loaded(), next, files);
    }

    private Rewrite writing(LoadedConfig next, Snapshot current) {
        return Rewrite.of(history(), List.of())
                .and(file, next.document(), current.loaded().document());
    }

    private Rewrite restoring(LoadedConfig next, Snapshot current, Revision revision) {
        return Rewrite.of(history(), changes.folderOf(revision))
                .and(file, next.document(), current.loaded().document());
    }

    private History history() {
        return changes.history();
    }

    /** What becomes of a configuration that holds. */
    private interface Drafting {
        Draft of(LoadedConfig loaded);
    }
}
