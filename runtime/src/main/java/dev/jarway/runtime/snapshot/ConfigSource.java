package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.References;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /** Puts the file's content in force. */
    public CompletableFuture<Checked<Snapshot>> take(byte[] content) {
        return apply(ConfigDocument.parse(content, DocumentFormat.of(file)), false)
                .whenComplete((result, failure) -> {
                    rejected = result == null
                            ? List.of(new Problem("", "could not be applied: " + failure, "see the gateway's log"))
                            : result.problems();
                    rejected.forEach(problem -> log.error("{} is not applied: {}", file.getFileName(), problem));
                });
    }

    /** Somebody has edited the file. What this leads to is logged, and shown by {@link #rejected}. Complete when it has. */
    public CompletableFuture<Void> changed(byte[] content) {
        if (isInForce(content)) {
            rejected = List.of();
            return CompletableFuture.completedFuture(null);
        }
        log.info("{} has changed", file.getFileName());
        return take(content).thenAccept(result -> {});
    }

    /** Whether the file says what is in force already, as after {@link #replace} has written it. */
    private boolean isInForce(byte[] content) {
        return ConfigDocument.parse(content, DocumentFormat.of(file)) instanceof Checked.Valid<ConfigDocument> read
                && changes.current()
                        .map(snapshot -> snapshot.loaded()
                                .document()
                                .tree()
                                .equals(read.value().tree()))
                        .orElse(false);
    }

    /** Puts a document in force and in the file's place. */
    public CompletableFuture<Checked<Snapshot>> replace(ConfigDocument document) {
        return apply(new Checked.Valid<>(document), true).whenComplete((result, failure) -> {
            if (result != null && result.problems().isEmpty()) {
                rejected = List.of();
            }
        });
    }

    /** Says what is wrong with a document, and changes nothing. */
    public CompletableFuture<Checked<Snapshot>> tryOut(ConfigDocument document) {
        return switch (document.load(references)) {
            case Checked.Invalid<LoadedConfig> invalid -> refused(invalid.problems());
            case Checked.Valid<LoadedConfig> valid -> changes.tryOut(valid.value());
        };
    }

    private CompletableFuture<Checked<Snapshot>> apply(Checked<ConfigDocument> document, boolean write) {
        if (!(document instanceof Checked.Valid<ConfigDocument> read)) {
            return refused(document.problems());
        }
        Checked<LoadedConfig> loaded = read.value().load(references);
        if (!(loaded instanceof Checked.Valid<LoadedConfig> valid)) {
            return refused(loaded.problems());
        }
        // The first listeners open when there is something that requests can begin on; later ones may stop their
        // change.
        boolean first = changes.current().isEmpty();
        return changes.configure(valid.value(), () -> {
                    if (!first) {
                        listening.prepare(valid.value());
                    }
                    if (write) {
                        read.value().writeTo(file);
                    }
                })
                .thenApply(result -> {
                    if (result.problems().isEmpty()) {
                        settle(valid.value(), first);
                    }
                    return result;
                });
    }

    private void settle(LoadedConfig now, boolean first) {
        if (first) {
            try {
                listening.prepare(now);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
        listening.settle(now);
    }

    private static CompletableFuture<Checked<Snapshot>> refused(List<Problem> problems) {
        return CompletableFuture.completedFuture(new Checked.Invalid<>(problems));
    }
}
