package dev.jarway.runtime.watch;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The eye on several files, which may be other ones from time to time: tells which have changed. Files that change together are
 * told together, as long as that does not take too long. What each of them may look like while it is written is as in {@link
 * FileWatch}.
 */
public final class FilesWatch implements AutoCloseable {
    private final FilesTelling telling;
    private final WatchThread thread;

    private FilesWatch(FilesTelling telling, WatchThread thread) {
        this.telling = telling;
        this.thread = thread;
    }

    /**
     * Starts to watch; no file yet.
     *
     * @param name of the watch, for its thread
     * @param listener called on the watch's thread with each file once it has been seen for the first time, and whenever it has
     *     changed, has come or has gone
     */
    public static FilesWatch start(String name, WatchOptions options, Consumer<Set<Path>> listener) {
        var telling = new FilesTelling(options, listener);
        var thread = new WatchThread("jarway-watch-" + name, telling, options.rescan());
        thread.start();
        return new FilesWatch(telling, thread);
    }

    /** Watches these from now on, and no others. */
    public void watch(Set<Path> files) {
        telling.watch(files);
        thread.wake();
    }

    /** Ends the watch; the listener is not called any more. */
    @Override
    public void close() {
        thread.close();
    }
}
