package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings a bell when something happens in a folder. It may miss events, or report too many, or not work on this file system
 * at all: it only makes a watch quicker than its rescans, which find everything.
 */
final class FolderEar implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderEar.class);

    private final Bell bell;
    private final @Nullable WatchService service;
    private final Map<Path, Place> places = new HashMap<>();

    /** The only name that matters in a folder, for those where not every name does. */
    private final Map<WatchKey, Path> names = new ConcurrentHashMap<>();

    private boolean complained;

    FolderEar(Bell bell) {
        this.bell = bell;
        this.service = open();
        if (service != null) {
            var current = service;
            Thread.ofVirtual().name("jarway-folder-ear").start(() -> listen(current));
        }
    }

    /**
     * Listens from now on to these folders, as far as they are there, and to the coming and going of these entries of other
     * folders. Called by one thread only.
     */
    void listenTo(Set<Path> folders, Set<Path> entries) {
        if (service == null) {
            return;
        }
        var wanted = new HashMap<Path, Optional<Path>>();
        entries.forEach(entry -> wanted.put(entry.resolveSibling(".").normalize(), Optional.of(entry.getFileName())));
        folders.forEach(folder -> wanted.put(folder, Optional.empty()));
        for (var left : places.keySet().stream()
                .filter(folder -> !wanted.containsKey(folder))
                .toList()) {
            leave(left);
        }
        for (var folder : wanted.entrySet()) {
            listenTo(service, folder.getKey(), folder.getValue());
        }
    }

    private void leave(Path folder) {
        var place = places.remove(folder);
        if (place != null) {
            place.key().cancel(); // It would follow a folder that was renamed away.
            names.remove(place.key());
        }
    }

    @Override
    public void close() {
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                log.warn("Cannot close a watch service: {}", e.toString());
            }
        }
    }

    private @Nullable WatchService open() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException e) {
            complain("no watch service", e);
            return null;
        }
    }

    // The same path may lead to another folder than before, of which the key that we have knows nothing.
    private void listenTo(WatchService current, Path folder, Optional<Path> name) {
        try {
            var identity = Objects.toString(
                    Files.readAttributes(folder, BasicFileAttributes.class).fileKey());
            var place = places.get(folder);
            if (place != null
                    && place.identity().equals(identity)
                    && place.key().isValid()) {
                return;
            }
            var key = folder.register(
                    current,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            if (place != null && !place.key().equals(key)) {
                leave(folder);
            }
            places.put(folder, new Place(identity, key));
            name.ifPresent(only -> names.put(key, only));
        } catch (NoSuchFileException | NotDirectoryException e) {
            leave(folder);
        } catch (IOException e) {
            complain(folder.toString(), e);
        } catch (ClosedWatchServiceException e) {
            log.debug("The watch of {} has been closed", folder);
        }
    }

    private void listen(WatchService current) {
        try {
            while (true) {
                var key = current.take();
                var events = key.pollEvents();
                key.reset();
                if (matter(events, names.get(key))) {
                    bell.ring();
                }
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("A watch service has been closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // No events at all: the folder itself is gone. An overflow: nobody knows.
    private static boolean matter(List<WatchEvent<?>> events, @Nullable Path name) {
        return name == null
                || events.isEmpty()
                || events.stream()
                        .anyMatch(event ->
                                event.kind() == StandardWatchEventKinds.OVERFLOW || name.equals(event.context()));
    }

    private void complain(String what, IOException why) {
        if (!complained) {
            complained = true;
            log.warn("No events from the file system, rescans only: {}: {}", what, why.toString());
        }
    }

    /** A folder that is listened to, as it was when that began. */
    private record Place(String identity, WatchKey key) {}
}
