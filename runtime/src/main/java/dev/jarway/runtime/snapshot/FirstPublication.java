package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentChange;
import dev.jarway.runtime.config.DocumentDiff;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.Problem;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.history.Origin;
import dev.jarway.runtime.history.PluginChange;
import dev.jarway.runtime.history.Revision;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first publication of a process: what the configuration's file and the drop folder say, or else the last revision that can
 * be built. Used once, by the thread of publisher.
 */
final class FirstPublication {
    private static final Logger log = LoggerFactory.getLogger(FirstPublication.class);

    /** Each may wait for what is not there, up to the time that making a Plugin may take; a start cannot wait for ever. */
    private static final int MOST_ATTEMPTS = 5;

    private final Publisher publisher;
    private final RevisionLog revisions;
    private final Recall recall;
    private final Start start;

    /**
     * What a process starts with.
     *
     * @param file what the file says
     * @param references what references in configurations mean
     * @param listening opens the listeners
     */
    record Start(Checked<ConfigDocument> file, References references, ConfigSource.Listening listening) {

        Checked<LoadedConfig> load() {
            return file instanceof Checked.Valid<ConfigDocument> read
                    ? read.value().load(references)
                    : new Checked.Invalid<>(file.problems());
        }
    }

    /** What has been published, and what could not be. */
    record Result(Checked<Snapshot> snapshot, Optional<Fallback> fallback) {}

    FirstPublication(Publisher publisher, RevisionLog revisions, Recall recall, Start start) {
        this.publisher = publisher;
        this.revisions = revisions;
        this.recall = recall;
        this.start = start;
    }

    Result make() throws Exception {
        revisions.history().damaged().forEach(damage -> log.error("A revision cannot be read: {}", damage));
        Checked<LoadedConfig> loaded = start.load();
        List<Problem> problems = loaded.problems();
        if (loaded instanceof Checked.Valid<LoadedConfig> valid) {
            Checked<Snapshot> published = asItStands(valid.value());
            if (published.problems().isEmpty()) {
                return new Result(published, Optional.empty());
            }
            problems = published.problems();
        }
        Inventory folder = publisher.inventory();
        for (Revision revision :
                revisions.ofThisFile().stream().limit(MOST_ATTEMPTS).toList()) {
            Checked<Snapshot> resumed = resume(revision, folder);
            if (resumed.problems().isEmpty()) {
                return new Result(resumed, Optional.of(fallback(revision, problems, folder)));
            }
            log.error("Revision {} cannot be started on: {}", revision.number(), resumed.problems());
        }
        return new Result(new Checked.Invalid<>(problems), Optional.empty());
    }

    private Checked<Snapshot> asItStands(LoadedConfig loaded) throws Exception {
        Inventory folder = publisher.inventory();
        boolean known = isNewest(loaded.document(), folder);
        boolean writing = revisions.history().isWriting();
        long number = known || !writing ? revisions.history().last() : revisions.next();
        Checked<Snapshot> published = publish(new Attempt(folder, loaded, () -> {}, Optional.empty(), number));
        if (writing && published instanceof Checked.Valid<Snapshot> valid) {
            if (known) {
                revisions.keep(loaded.document(), folder);
            } else {
                revisions.append(valid.value(), folder, Origin.start(reason()));
            }
        }
        return published;
    }

    private boolean isNewest(ConfigDocument document, Inventory folder) {
        try {
            return revisions.history().damaged().isEmpty() && revisions.isNewest(document, folder);
        } catch (IOException e) {
            log.error("The newest revision cannot be read: {}", e.getMessage());
            return false;
        }
    }

    private String reason() {
        return revisions.history().newest().isEmpty()
                ? "the first start"
                : "the file or the drop folder was changed while the gateway did not run";
    }

    private Checked<Snapshot> resume(Revision revision, Inventory folder) throws Exception {
        Checked<LoadedConfig> loaded = load(revision);
        Checked<Map<String, PluginType>> types = recall.types(revision, folder);
        if (!(loaded instanceof Checked.Valid<LoadedConfig> config)) {
            return new Checked.Invalid<>(loaded.problems());
        }
        if (!(types instanceof Checked.Valid<Map<String, PluginType>> plugins)) {
            return new Checked.Invalid<>(types.problems());
        }
        Inventory resumed = Recall.resumed(plugins.value(), folder);
        return publish(new Attempt(resumed, config.value(), () -> {}, Optional.empty(), revision.number()));
    }

    private Checked<LoadedConfig> load(Revision revision) {
        try {
            return revisions.history().document(revision).load(start.references());
        } catch (IOException e) {
            return new Checked.Invalid<>(List.of(new Problem("", String.valueOf(e.getMessage()), "its configuration")));
        }
    }

    private Checked<Snapshot> publish(Attempt attempt) throws Exception {
        Checked<Snapshot> published = publisher.publish(attempt);
        if (published.problems().isEmpty()) {
            // The listeners open when there is something that requests can begin on.
            start.listening().prepare(attempt.loaded());
        }
        return published;
    }

    private Fallback fallback(Revision revision, List<Problem> problems, Inventory folder) throws IOException {
        var config = start.file() instanceof Checked.Valid<ConfigDocument> read
                ? DocumentDiff.between(
                        revisions.history().document(revision).tree(),
                        read.value().tree())
                : List.<DocumentChange>of();
        var plugins = PluginChange.between(revision.plugins(), RevisionLog.plugins(folder));
        log.error(
                "The gateway could not start on what its configuration file and its drop folder say, and runs on"
                        + " revision {} instead. What is wrong:",
                revision.number());
        problems.forEach(problem -> log.error("  {}", problem));
        return new Fallback(revision.number(), problems, config, plugins);
    }
}
