package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of all JARs and ZIPs of a folder. Used by one thread. */
final class FolderScan {
    private static final Logger log = LoggerFactory.getLogger(FolderScan.class);

    private final Path folder;
    private final WatchOptions options;
    private final JarReader reader = new JarReader();
    private final SortedMap<String, FileTrack<SeenFile>> tracks = new TreeMap<>();
    private boolean listable = true;
    private boolean news;

    FolderScan(Path folder, WatchOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** Looks at the folder and at every file. */
    void look(long now) {
        names().forEach(name -> tracks.computeIfAbsent(name, this::track));
        tracks.values().forEach(track -> track.look(now));
        tracks.values().forEach(track -> news |= track.takeNews());
        tracks.values().removeIf(FileTrack::isGone);
    }

    /** The files that count. */
    SortedMap<String, SeenFile> files() {
        var files = new TreeMap<String, SeenFile>();
        tracks.forEach((name, track) -> track.content().ifPresent(file -> files.put(name, file)));
        return files;
    }

    /** Whether a file has settled after a change since this was asked last, be everything as it was told. */
    boolean takeNews() {
        boolean taken = news;
        news = false;
        return taken;
    }

    /** Whether a file has changed so lately that nothing can be said of it yet. */
    boolean isSettling() {
        return tracks.values().stream().anyMatch(FileTrack::isSettling);
    }

    /** Whether a file is held back because it looks half-written. */
    boolean isHoldingBack() {
        return tracks.values().stream().anyMatch(FileTrack::isHeldBack);
    }

    /** In how many nanoseconds a look will show more if no file changes. */
    long nextLook(long now) {
        return tracks.values().stream()
                .mapToLong(track -> track.nextLook(now))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private FileTrack<SeenFile> track(String name) {
        return new FileTrack<>(folder.resolve(name), options, reader);
    }

    // A folder that is not there is empty. One that cannot be listed may be anything, so the files known stay known.
    private Set<String> names() {
        var names = new HashSet<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = file.getFileName().toString();
                if (isPlugin(name)) {
                    names.add(name);
                }
            }
            listable = true;
        } catch (NoSuchFileException | NotDirectoryException e) {
            listable = true;
        } catch (IOException | DirectoryIteratorException e) {
            if (listable) {
                log.warn("Cannot list {}, and go on with what was in it: {}", folder, e.toString());
            }
            listable = false;
        }
        return names;
    }

    // Names in the making end in .tmp, .part or ~, or begin with a dot; some editors put the tilde first.
    private static boolean isPlugin(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return (lower.endsWith(".jar") || lower.endsWith(".zip")) && !name.startsWith(".") && !name.startsWith("~");
    }
}
