package dev.jarway.runtime.history;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions of a gateway, in its data directory. Any process may read; one writes, and may hand that over to another. One
 * thread at a time writes; reading is safe from any.
 */
public final class History implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(History.class);

    private final Path directory;
    private final RevisionFiles files;
    private final ContentStore contents;
    private volatile RevisionFiles.Content known;
    private volatile @Nullable LockFile lock;

    private History(Path directory, RevisionFiles files, ContentStore contents, RevisionFiles.Content known) {
        this.directory = directory;
        this.files = files;
        this.contents = contents;
        this.known = known;
    }

    /** What a new revision is. */
    public record Draft(Instant time, Origin origin, ConfigText config, List<PluginFile> plugins) {}

    /** Opens it for reading; makes an empty one if there is none. */
    public static History open(Path directory) throws IOException {
        Path absolute = Files.createDirectories(directory).toRealPath();
        RevisionFiles files = RevisionFiles.open(absolute.resolve("revisions"));
        return new History(absolute, files, ContentStore.open(absolute.resolve("contents")), files.read());
    }

    /**
     * Becomes the one that writes. A change of files that the writer before has begun and not ended is taken back, and the
     * revisions are read anew.
     *
     * @param patience how long to wait for the writer before
     * @throws IOException if that one does not let go, or the directory cannot be used
     */
    public void takeOver(Duration patience) throws IOException {
        LockFile taken = LockFile.take(directory.resolve("writer.lock"), patience)
                .orElseThrow(() -> new IOException(
                        directory + ": another gateway writes here (expected: a data directory of its own)"));
        try {
            files.deleteLeftovers();
            contents.deleteLeftovers();
            known = files.read();
            FileSwap.recover(contents, journal(), known.last());
        } catch (IOException e) {
            taken.close();
            throw e;
        }
        lock = taken;
    }

    /** Whether this process is the one that writes. */
    public boolean isWriting() {
        return lock != null;
    }

    /** Lets another process write; this one cannot any more, until it takes over again. */
    public void handOver() throws IOException {
        LockFile held = lock;
        lock = null;
        if (held != null) {
            held.close();
        }
    }

    /** Reads anew what another process may have written. */
    public void refresh() throws IOException {
        known = files.read();
    }

    /** The revisions that are kept and can be read, newest first. */
    public List<Revision> revisions() {
        return known.revisions().reversed();
    }

    /** Those of one configuration file, newest first. */
    public List<Revision> revisionsOf(Path config) {
        String name = nameOf(config);
        return revisions().stream()
                .filter(revision -> revision.config().file().equals(name))
                .toList();
    }

    /** How a configuration's file is named in revisions. */
    public static String nameOf(Path config) {
        return config.toAbsolutePath().normalize().toString();
    }

    /** The newest of them. */
    public Optional<Revision> newest() {
        return revisions().stream().findFirst();
    }

    /** The one with this number. */
    public Optional<Revision> find(long number) {
        return known.revisions().stream()
                .filter(revision -> revision.number() == number)
                .findFirst();
    }

    /** The one that was in force before it, as far as it is kept. */
    public Optional<Revision> before(Revision revision) {
        return revisions().stream()
                .filter(other -> other.number() < revision.number())
                .findFirst();
    }

    /** Which files cannot be read, and what is wrong with them. */
    public List<String> damaged() {
        return known.damaged();
    }

    /** The highest number that was ever given; 0 before the first. */
    public long last() {
        return known.last();
    }

    /** The configuration of a revision; {@link DamagedException} if its text is not what it was. */
    public ConfigDocument document(Revision revision) throws IOException {
        byte[] text = contents.read(revision.config().sha256());
        Checked<ConfigDocument> document =
                ConfigDocument.parse(text, revision.config().format());
        if (document.problems().isEmpty()) {
            return document.value();
        }
        throw new IOException("revision " + revision.number() + ": " + document.problems());
    }

    /** A file with the JAR of a plugin; {@link DamagedException} if it is not what it was. */
    public Path jar(PluginFile plugin) throws IOException {
        return contents.checked(plugin.sha256());
    }

    /** Keeps a text until the next revision, and longer if that names it; says under which hash. */
    public String keep(byte[] text) throws IOException {
        writing();
        return contents.keep(text);
    }

    /** Keeps a JAR likewise. Nobody may write to the file any more. */
    public void keep(String sha256, Path unchanging) throws IOException {
        writing();
        contents.keep(sha256, unchanging);
    }

    /** Prepares the change of files that goes with the next revision. */
    public FileSwap swap(List<FileSwap.Wanted> wanted) throws IOException {
        writing();
        return FileSwap.of(contents, journal(), last() + 1, wanted);
    }

    /**
     * Adds a revision, whose contents are kept already. When this returns it is there after a crash too. Then those are
     * forgotten that are beyond the number to retain.
     */
    public Revision append(Draft draft, int retain) throws IOException {
        writing();
        Revision revision = new Revision(last() + 1, draft.time(), draft.origin(), draft.config(), draft.plugins());
        files.write(revision);
        List<Revision> all = new ArrayList<>(known.revisions());
        all.add(revision);
        known = new RevisionFiles.Content(List.copyOf(all), known.damaged(), revision.number());
        try {
            AtomicFile.delete(journal());
            forget(retain);
        } catch (IOException e) {
            log.warn("Old revisions in {} cannot be removed; the next change tries again", directory, e);
        }
        return revision;
    }

    private void forget(int retain) throws IOException {
        List<Revision> all = known.revisions();
        List<Revision> kept = all.subList(Math.max(0, all.size() - retain), all.size());
        if (kept.size() < all.size()) {
            files.deleteUpTo(kept.getFirst().number() - 1);
            // Of those that cannot be read it is not known which of them have gone; all others are known.
            known = known.damaged().isEmpty()
                    ? new RevisionFiles.Content(List.copyOf(kept), List.of(), known.last())
                    : files.read();
        }
        Set<String> named = new HashSet<>();
        kept.forEach(revision -> named.addAll(revision.contents()));
        contents.keepOnly(named);
    }

    private void writing() throws IOException {
        if (lock == null) {
            throw new IOException(directory + ": another process writes here now (expected: changes are made there)");
        }
    }

    /** Where it is. */
    public Path directory() {
        return directory;
    }

    private Path journal() {
        return directory.resolve("journal");
    }

    /** Lets go of the right to write. */
    @Override
    public void close() {
        try {
            handOver();
        } catch (IOException e) {
            log.warn("{} could not be let go of", directory, e);
        }
    }
}
