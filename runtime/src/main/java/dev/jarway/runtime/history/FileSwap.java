package dev.jarway.runtime.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The change of some files that is made whole or taken back. If it is of more than one, a journal lets the next process take it
 * back when this one dies halfway. Used once, by one thread.
 */
public final class FileSwap {
    private final ContentStore contents;
    private final Path journal;
    private final long revision;
    private final List<Target> targets;

    /**
     * A file that is to change.
     *
     * @param file its absolute path
     * @param through whether a link stays, and what it leads to is written
     * @param sha256 of the content that it is to have; empty if it is to go
     */
    public record Wanted(Path file, boolean through, Optional<String> sha256) {}

    /** What a file held, and what it is to hold. */
    private record Target(Path file, boolean through, Optional<String> before, Optional<String> after) {

        boolean isDone() throws IOException {
            return present(file).equals(after);
        }
    }

    private FileSwap(ContentStore contents, Path journal, long revision, List<Target> targets) {
        this.contents = contents;
        this.journal = journal;
        this.revision = revision;
        this.targets = targets;
    }

    /** Notes what the files hold now. Nothing is changed yet. */
    static FileSwap of(ContentStore contents, Path journal, long revision, List<Wanted> wanted) throws IOException {
        List<Target> targets = new ArrayList<>();
        for (Wanted file : wanted) {
            Optional<String> before =
                    isThere(file.file()) ? Optional.of(contents.keepCopy(file.file())) : Optional.empty();
            if (!before.equals(file.sha256())) {
                targets.add(new Target(file.file(), file.through(), before, file.sha256()));
            }
        }
        return new FileSwap(contents, journal, revision, targets);
    }

    /** Changes the files, one after the other. If it throws, {@link #undo} is to be called. */
    public void run() throws IOException {
        if (targets.size() > 1) {
            SealedJson.write(journal, toJson());
        }
        for (Target target : targets) {
            put(target, target.after());
        }
    }

    /** Takes back what has been changed. A file that somebody else has changed since stays as it is. */
    public void undo() throws IOException {
        for (Target target : targets.reversed()) {
            if (target.isDone()) {
                put(target, target.before());
            }
        }
        AtomicFile.delete(journal);
    }

    /** Takes back what a process that died has begun, unless its revision has come to be. */
    static void recover(ContentStore contents, Path journal, long last) throws IOException {
        if (!Files.exists(journal)) {
            return;
        }
        try {
            FileSwap begun = of(contents, journal, SealedJson.read(journal));
            if (begun.revision > last) {
                begun.undo();
            }
        } catch (DamagedException e) {
            // It was being written, so nothing had been changed yet; a journal that was written whole is read whole.
        }
        AtomicFile.delete(journal);
    }

    private void put(Target target, Optional<String> sha256) throws IOException {
        if (sha256.isEmpty()) {
            AtomicFile.delete(target.file());
        } else if (target.through()) {
            AtomicFile.write(target.file(), contents.read(sha256.get()));
        } else {
            AtomicFile.copy(contents.checked(sha256.get()), target.file(), "rw-r--r--");
        }
    }

    private static Optional<String> present(Path file) throws IOException {
        return isThere(file) ? Optional.of(Sha256.of(file)) : Optional.empty();
    }

    private static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private ObjectNode toJson() {
        ObjectNode json = SealedJson.object();
        json.put("revision", revision);
        var list = json.putArray("targets");
        for (Target target : targets) {
            ObjectNode entry = list.addObject();
            entry.put("file", target.file().toString());
            entry.put("through", target.through());
            target.before().ifPresent(sha256 -> entry.put("before", sha256));
            target.after().ifPresent(sha256 -> entry.put("after", sha256));
        }
        return json;
    }

    private static FileSwap of(ContentStore contents, Path journal, ObjectNode json) {
        List<Target> targets = new ArrayList<>();
        for (JsonNode entry : json.path("targets")) {
            targets.add(new Target(
                    Path.of(entry.path("file").asText()),
                    entry.path("through").booleanValue(),
                    Optional.ofNullable(entry.path("before").textValue()),
                    Optional.ofNullable(entry.path("after").textValue())));
        }
        return new FileSwap(contents, journal, json.path("revision").longValue(), targets);
    }
}
