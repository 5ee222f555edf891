package dev.jarway.runtime.watch;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the listener of one file is told: what it holds after each change, and nothing when the file is missing or
 * cannot be read.
 */
final class FileTelling implements WatchThread.Watched {
    private static final Logger log = LoggerFactory.getLogger(FileTelling.class);

    private final Path file;
    private final FileTrack<FileContent> track;
    private final Consumer<byte[]> listener;

    private FileContent.Found told;
    private @Nullable String problem;

    FileTelling(Path file, byte[] known, WatchOptions options, Consumer<byte[]> listener) {
        this.file = file;
        this.track = new FileTrack<>(file, options, new BytesReader());
        this.listener = listener;
        this.told = new FileContent.Found(known.clone());
    }

    @Override
    public Set<Path> folders() {
        return FileTrack.folders(file);
    }

    @Override
    public long look(long now) {
        track.look(now);
        if (track.isGone()) {
            complain("is missing");
        }
        track.content().ifPresent(this::tell);
        return track.nextLook(now);
    }

    private void tell(FileContent content) {
        switch (content) {
            case FileContent.Unreadable unreadable -> complain("cannot be read: " + unreadable.reason());
            case FileContent.Found found -> {
                problem = null;
                if (track.takeNews() || !found.equals(told)) {
                    told = found;
                    tell(found.bytes());
                }
            }
        }
    }

    private void tell(byte[] bytes) {
        try {
            listener.accept(bytes);
        } catch (RuntimeException e) {
            // Told is told: the listener gets the next change, not this one again and again.
            log.error("The listener of {} failed", file, e);
        }
    }

    private void complain(String what) {
        if (!what.equals(problem)) {
            problem = what;
            log.warn("{} {}; what was in it stays in force", file, what);
        }
    }
}
