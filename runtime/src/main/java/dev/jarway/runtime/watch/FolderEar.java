package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    private boolean complained;

    FolderEar(Bell bell) {
        this.bell = bell;
        this.service = open();
        if (service != null) {
            var current = service;
            Thread.ofVirtual().name("jarway-folder-ear").start(() -> listen(current));
        }
    }

    /** Listens to these folders from now on, as far as they are there. Called by one thread only. */
    void listenTo(Set<Path> folders) {
        if (service == null) {
            return;
        }
        places.entrySet().removeIf(entry -> {
            boolean leave = !folders.contains(entry.getKey());
            if (leave) {
                entry.getValue().key().cancel();
            }
            return leave;
        });
        for (var folder : folders) {
            listenTo(service, folder);
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
    private void listenTo(WatchService current, Path folder) {
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
                place.key().cancel();
            }
            places.put(folder, new Place(identity, key));
        } catch (NoSuchFileException | NotDirectoryException e) {
            places.remove(folder);
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
                key.pollEvents();
                key.reset();
                bell.ring();
            }
        } catch (ClosedWatchServiceException e) {
            log.debug("A watch service has been closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
