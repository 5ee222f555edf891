package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The eye on the drop folder: tells which JARs and ZIPs are there, and with which content. */
public final class FolderWatch implements AutoCloseable {

    /**
     * Starts to watch.
     *
     * @param folder made if it is not there
     * @param listener called on the watch's thread, first with what is there at the start, even if that is nothing, then
     *     whenever a name or a content has changed
     * @throws IOException if there is no such folder and none can be made
     */
    public static FolderWatch start(Path folder, WatchOptions options, Consumer<FolderContent> listener)
            throws IOException {
        return new FolderWatch();
    }

    /**
     * Looks now. The stage is complete when everything that was there at the call has held still and has been told, with the
     * last picture; after {@link WatchOptions#patience} at the latest, whatever is still being written then.
     */
    public CompletableFuture<FolderContent> scanNow() {
        return new CompletableFuture<>();
    }

    /** Ends the watch; the listener is not called any more. */
    @Override
    public void close() {}
}
