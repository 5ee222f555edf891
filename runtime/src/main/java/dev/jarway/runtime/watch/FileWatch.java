package dev.jarway.runtime.watch;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The eye on one file: tells its bytes after each change, also when they are the same again. A file that is missing, or
 * cannot be read, is told to nobody, and logged once. One that was written in place has to hold still for the time of
 * patience, for it may be half of what is to come; one that was renamed into its place is told at once.
 */
public final class FileWatch implements AutoCloseable {
    private final WatchThread thread;

    private FileWatch(WatchThread thread) {
        this.thread = thread;
    }

    /**
     * Starts to watch.
     *
     * @param file need not be there yet
     * @param known the content that the caller has read already
     * @param listener called on the watch's thread when the content is not the one known, and then whenever the file has changed
     *     and held still
     */
    public static FileWatch start(Path file, byte[] known, WatchOptions options, Consumer<byte[]> listener) {
        var absolute = file.toAbsolutePath();
        var telling = new FileTelling(absolute, known, options, listener);
        telling.look(System.nanoTime()); // What comes from now on is seen to come.
        var thread = new WatchThread("jarway-watch-" + absolute.getFileName(), telling, options.rescan());
        thread.start();
        return new FileWatch(thread);
    }

    /** Ends the watch; the listener is not called any more. */
    @Override
    public void close() {
        thread.close();
    }
}
