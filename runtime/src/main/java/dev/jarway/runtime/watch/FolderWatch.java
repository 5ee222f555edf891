package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The eye on the drop folder: tells which JARs and ZIPs are there, and with which content. Files whose names begin with a
 * dot or a tilde are not its business, nor those that end in anything else.
 */
public final class FolderWatch implements AutoCloseable {
    private final ScanRequests requests;
    private final FolderTelling telling;
    private final WatchThread thread;

    private FolderWatch(ScanRequests requests, FolderTelling telling, WatchThread thread) {
        this.requests = requests;
        this.telling = telling;
        this.thread = thread;
    }

    /**
     * Starts to watch.
     *
     * @param folder made if it is not there
     * @param listener called on the watch's thread, first with what is there at the start, even if that is nothing, then
     *     whenever a file has come, gone or changed, also when all is as it was again
     * @throws IOException if there is no such folder and none can be made
     */
    public static FolderWatch start(Path folder, WatchOptions options, Consumer<FolderContent> listener)
            throws IOException {
        var absolute = folder.toAbsolutePath();
        if (!Files.isDirectory(absolute)) {
            make(absolute);
        }
        var requests = new ScanRequests(options);
        var telling = new FolderTelling(absolute, options, requests, listener);
        var thread = new WatchThread("jarway-watch-" + absolute.getFileName(), telling, options.rescan());
        thread.start();
        return new FolderWatch(requests, telling, thread);
    }

    /**
     * Looks now. The future is complete when everything that was there at the call has held still and has been told, with the
     * last picture; after {@link WatchOptions#patience} at the latest, whatever is still being written then. The listener
     * must not wait for it.
     */
    public CompletableFuture<FolderContent> scanNow() {
        var answer = requests.add();
        thread.wake();
        return answer;
    }

    /** Tells the folder once more at the next look, within {@link WatchOptions#rescan}, even if nothing has changed. */
    public void tellAgain() {
        telling.tellAgain();
    }

    /** Ends the watch; the listener is not called any more. */
    @Override
    public void close() {
        thread.close();
        requests.close();
    }

    private static void make(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new IOException(
                    "folder " + folder + ": cannot be made (expected: a folder, or room for one): " + e, e);
        }
    }
}
