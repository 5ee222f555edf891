package dev.jarway.runtime.history;

import dev.jarway.runtime.files.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files in which revisions stand, one each, named by their numbers. */
final class RevisionFiles {
    private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.revision");

    private final Path directory;

    private RevisionFiles(Path directory) {
        this.directory = directory;
    }

    static RevisionFiles open(Path directory) throws IOException {
        return new RevisionFiles(Files.createDirectories(directory));
    }

    /**
     * What stands there.
     *
     * @param revisions that could be read, oldest first
     * @param damaged what is wrong with the others
     * @param last the highest number of them all; 0 if there is none
     */
    record Content(List<Revision> revisions, List<String> damaged, long last) {}

    Content read() throws IOException {
        List<Revision> revisions = new ArrayList<>();
        List<String> damaged = new ArrayList<>();
        long last = 0;
        try (var files = Files.newDirectoryStream(directory, "*.revision")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    long number = Long.parseLong(name.group(1));
                    last = Math.max(last, number);
                    read(file, number, revisions, damaged);
                }
            }
        }
        revisions.sort(Comparator.comparingLong(Revision::number));
        damaged.sort(Comparator.naturalOrder());
        return new Content(List.copyOf(revisions), List.copyOf(damaged), last);
    }

    private static void read(Path file, long number, List<Revision> revisions, List<String> damaged) {
        try {
            Revision revision = Revision.of(SealedJson.read(file));
            if (revision.number() == number) {
                revisions.add(revision);
            } else {
                damaged.add(file + ": holds revision " + revision.number() + " (expected: the one in its name)");
            }
        } catch (IOException e) {
            damaged.add(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            damaged.add(file + ": " + e + " (expected: a revision)");
        }
    }

    /** Writes it. If that fails, it is not there. */
    void write(Revision revision) throws IOException {
        Path file = file(revision.number());
        try {
            SealedJson.write(file, revision.toJson());
        } catch (IOException e) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Removes those up to a number, damaged ones too. */
    void deleteUpTo(long number) throws IOException {
        try (var files = Files.newDirectoryStream(directory, "*.revision")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && Long.parseLong(name.group(1)) <= number) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Removes what a writer that died has begun. */
    void deleteLeftovers() throws IOException {
        AtomicFile.deleteLeftovers(directory, NAME);
    }

    private Path file(long number) {
        return directory.resolve(number + ".revision");
    }
}
