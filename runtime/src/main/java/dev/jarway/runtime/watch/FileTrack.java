package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of one file. It is read when its stamp has held still for the settle time. If it may be half-written then, it
 * counts only after the time of patience. Until a new content counts, the one before stands.
 *
 * <p>A file whose content does not tell its end may be half-written if the last thing that happened to it was a write. One that
 * was renamed into its place is whole, since whoever does that has finished it before.
 */
final class FileTrack<C> {
    private static final Logger log = LoggerFactory.getLogger(FileTrack.class);

    /** The widest step in which a file system counts time (FAT). What was read within one step of a change is read again. */
    private static final long TIME_STEP = Duration.ofSeconds(2).toNanos();

    private final Path path;
    private final FileReader<C> reader;
    private final long settle;
    private final long patience;

    private @Nullable FileStamp stamp;
    private long stillSince;
    private boolean mayGrow;
    private @Nullable Reading<C> reading;
    private long readAt;
    private Phase phase = Phase.SETTLING;
    private boolean changed;
    private boolean news;
    private Optional<C> content = Optional.empty();

    FileTrack(Path path, WatchOptions options, FileReader<C> reader) {
        this.path = path;
        this.reader = reader;
        this.settle = options.settle().toNanos();
        this.patience = options.patience().toNanos();
    }

    /** Where the path of a file seems to lead, and where it leads: either may be swapped. */
    static Set<Path> folders(Path file) {
        var folders = new HashSet<Path>();
        folders.add(file.resolveSibling(".").normalize());
        try {
            folders.add(file.toRealPath().resolveSibling(".").normalize());
        } catch (IOException e) {
            log.debug("{} leads nowhere at the moment: {}", file, e.toString());
        }
        return folders;
    }

    /** Looks at the file. */
    void look(long now) {
        var current = FileStamp.of(path);
        if (!current.equals(stamp)) {
            restart(current, now);
            return;
        }
        if (now - stillSince < settle) {
            return;
        }
        if (current instanceof FileStamp.Absent) {
            settle(Optional.empty());
            return;
        }
        var before = reading;
        if (before == null || isToBeReadAgain(before, now)) {
            before = read(current, before, now);
        }
        if (before != null) {
            judge(before, now);
        }
    }

    /** The content that counts; empty if there is no file, or if none has held still yet. */
    Optional<C> content() {
        return content;
    }

    /**
     * Whether the file has settled after a change since this was asked last, be its content the same again: what was there in
     * between has not been told, and somebody may have gone by it.
     */
    boolean takeNews() {
        boolean taken = news;
        news = false;
        return taken;
    }

    /** Whether the file has changed so lately that nothing can be said yet. */
    boolean isSettling() {
        return phase == Phase.SETTLING;
    }

    /** Whether the file has been read and does not count yet. */
    boolean isHeldBack() {
        return phase == Phase.HELD_BACK;
    }

    /** Whether there is no file any more. */
    boolean isGone() {
        return phase == Phase.SETTLED && stamp instanceof FileStamp.Absent;
    }

    /** In how many nanoseconds a look will show more if the file stays as it is; {@code Long.MAX_VALUE} if never. */
    long nextLook(long now) {
        long at = switch (phase) {
            case SETTLING -> settle;
            case HELD_BACK -> patience;
            case SETTLED -> readAt - stillSince < TIME_STEP && reading != null ? TIME_STEP : Long.MAX_VALUE;
        };
        return at == Long.MAX_VALUE ? at : Math.max(0, stillSince + at - now);
    }

    private void restart(FileStamp current, long now) {
        mayGrow = !reader.seesTheEnd()
                && current instanceof FileStamp.Present present
                && present.isFreshlyWritten()
                && !(stamp != null && present.isOtherThan(stamp));
        changed |= stamp != null;
        stamp = current;
        stillSince = now;
        reading = null;
        phase = Phase.SETTLING;
    }

    private boolean isToBeReadAgain(Reading<C> before, long now) {
        boolean hidden = readAt - stillSince < TIME_STEP && now - stillSince >= TIME_STEP;
        boolean failed = before.verdict() == Reading.Verdict.FAILED && now - readAt >= patience;
        return hidden || failed;
    }

    // Null if the file has changed meanwhile, so that what was read is a mixture.
    private @Nullable Reading<C> read(FileStamp current, @Nullable Reading<C> before, long now) {
        var fresh = readAs(current);
        var after = FileStamp.of(path);
        boolean changedUnseen = before != null
                && before.verdict() != Reading.Verdict.FAILED
                && !before.content().equals(fresh.content());
        if (changedUnseen || !after.equals(current)) {
            restart(after, now);
            return null;
        }
        reading = fresh;
        readAt = now;
        return fresh;
    }

    private Reading<C> readAs(FileStamp current) {
        return switch (current) {
            case FileStamp.Present present -> present.isRegularFile() ? readFile() : failed("not a file");
            case FileStamp.Absent absent -> failed("not there");
            case FileStamp.Failed failed -> failed(failed.reason());
        };
    }

    private Reading<C> readFile() {
        try {
            return reader.read(path);
        } catch (IOException e) {
            return failed(e.toString());
        }
    }

    private Reading<C> failed(String reason) {
        return new Reading<>(reader.unreadable(path, reason), Reading.Verdict.FAILED);
    }

    private void judge(Reading<C> latest, long now) {
        boolean whole = latest.verdict() == Reading.Verdict.WHOLE && !mayGrow;
        if (whole || now - stillSince >= patience) {
            settle(Optional.of(latest.content()));
        } else {
            phase = Phase.HELD_BACK;
        }
    }

    private void settle(Optional<C> now) {
        content = now;
        phase = Phase.SETTLED;
        news |= changed;
        changed = false;
    }

    private enum Phase {
        SETTLING,
        HELD_BACK,
        SETTLED
    }
}
