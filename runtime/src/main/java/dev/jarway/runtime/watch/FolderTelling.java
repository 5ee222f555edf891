package dev.jarway.runtime.watch;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the listener of a folder is told, and when. While any file is settling it waits, so that files that come
 * together are told together; but not longer than its patience, so that one busy file does not hold up the others.
 */
final class FolderTelling implements WatchThread.Watched {
    private static final Logger log = LoggerFactory.getLogger(FolderTelling.class);

    private final Path folder;
    private final FolderScan scan;
    private final ScanRequests requests;
    private final Consumer<FolderContent> listener;
    private final long patience;

    private volatile boolean again;
    private @Nullable FolderContent told;
    private @Nullable Long settlingSince;

    FolderTelling(Path folder, WatchOptions options, ScanRequests requests, Consumer<FolderContent> listener) {
        this.folder = folder;
        this.scan = new FolderScan(folder, options);
        this.requests = requests;
        this.listener = listener;
        this.patience = options.patience().toNanos();
    }

    /** The next picture is told even if it is the same. */
    void tellAgain() {
        again = true;
    }

    @Override
    public Set<Path> folders() {
        return Set.of(folder);
    }

    // A folder that is renamed away says nothing, nor does the one in its place: the folder above does.
    @Override
    public Set<Path> entries() {
        return Set.of(folder);
    }

    @Override
    public long look(long now) {
        requests.begin(now);
        scan.look(now);
        boolean settling = scan.isSettling();
        if (!settling) {
            settlingSince = null;
        } else if (settlingSince == null) {
            settlingSince = now;
        }
        if (leftToSettle(now) <= 0 || requests.isUrgent(now)) {
            requests.answer(tell(), !settling && !scan.isHoldingBack(), now);
        }
        long untilMore = Math.min(scan.nextLook(now), requests.nextUrgent(now));
        return settling ? Math.min(untilMore, Math.max(1, leftToSettle(now))) : untilMore;
    }

    private long leftToSettle(long now) {
        return settlingSince == null ? 0 : settlingSince + patience - now;
    }

    private FolderContent tell() {
        var files = scan.files();
        var before = told;
        boolean news = scan.takeNews();
        if (before != null && before.files().equals(files) && !again && !news) {
            return before;
        }
        again = false;
        var content = new FolderContent(files, changes(before == null ? new TreeMap<>() : before.files(), files));
        told = content;
        try {
            listener.accept(content);
        } catch (RuntimeException e) {
            // Told is told: the listener gets the next change, not this one again and again.
            log.error("The listener of {} failed", folder, e);
        }
        return content;
    }

    private static Set<String> changes(SortedMap<String, SeenFile> before, SortedMap<String, SeenFile> after) {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
        return names;
    }
}
