package dev.jarway.runtime.watch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the listener of several files is told, and when. While any of them may be half-written it waits, so that a
 * certificate and its key are told together; but not for ever, so that one busy file does not hold up the others.
 */
final class FilesTelling implements WatchThread.Watched {
    private static final Logger log = LoggerFactory.getLogger(FilesTelling.class);

    private final WatchOptions options;
    private final Consumer<Set<Path>> listener;
    private final long longestWait;
    private final Map<Path, FileTrack<FileContent>> tracks = new HashMap<>();
    private final Set<Path> seen = new HashSet<>();
    private final Set<Path> news = new HashSet<>();

    private volatile Set<Path> wanted = Set.of();
    private @Nullable Long busySince;

    FilesTelling(WatchOptions options, Consumer<Set<Path>> listener) {
        this.options = options;
        this.listener = listener;
        this.longestWait = 2 * options.patience().toNanos();
    }

    /** Safe from any thread; all else is of the watch's own. */
    void watch(Set<Path> files) {
        wanted = files.stream().map(Path::toAbsolutePath).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<Path> folders() {
        var folders = new HashSet<Path>();
        wanted.forEach(file -> folders.addAll(FileTrack.folders(file)));
        return folders;
    }

    @Override
    public long look(long now) {
        var files = wanted;
        tracks.keySet().retainAll(files);
        seen.retainAll(files);
        news.retainAll(files);
        files.forEach(file -> tracks.computeIfAbsent(file, f -> new FileTrack<>(f, options, new BytesReader())));
        tracks.forEach((file, track) -> look(file, track, now));
        boolean busy = tracks.values().stream().anyMatch(track -> track.isSettling() || track.isHeldBack());
        if (!busy) {
            busySince = null;
        } else if (busySince == null) {
            busySince = now;
        }
        if (!news.isEmpty() && leftToWait(now) <= 0) {
            tell();
        }
        long untilMore = tracks.values().stream()
                .mapToLong(track -> track.nextLook(now))
                .min()
                .orElse(Long.MAX_VALUE);
        return news.isEmpty() ? untilMore : Math.min(untilMore, Math.max(1, leftToWait(now)));
    }

    private void look(Path file, FileTrack<FileContent> track, long now) {
        track.look(now);
        boolean changed = track.takeNews();
        if (changed || (track.content().isPresent() && !seen.contains(file))) {
            seen.add(file);
            news.add(file);
        }
    }

    private long leftToWait(long now) {
        return busySince == null ? 0 : busySince + longestWait - now;
    }

    private void tell() {
        var told = Set.copyOf(news);
        news.clear();
        try {
            listener.accept(told);
        } catch (RuntimeException e) {
            // Told is told: the listener gets the next change, not this one again and again.
            log.error("The listener of {} failed", told, e);
        }
    }
}
