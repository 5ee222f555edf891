package dev.jarway.loader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The libraries that a plugin brings along as {@code lib/*.jar}, unpacked beside its private copy. */
final class Libraries {
    private static final Logger log = LoggerFactory.getLogger(Libraries.class);

    private Libraries() {}

    /** The archives of a plugin: its own first, then its libraries by name. */
    static List<Path> unpacked(PrivateCopy copy, Path directory) throws IOException {
        List<Path> archives = new ArrayList<>();
        archives.add(copy.path());
        try (JarFile jar = new JarFile(copy.path().toFile())) {
            List<JarEntry> libraries = jar.stream()
                    .filter(entry -> ArchiveCheck.isLibrary(entry.getName()))
                    .sorted(Comparator.comparing(JarEntry::getName))
                    .toList();
            for (JarEntry library : libraries) {
                archives.add(unpack(jar, library, folder(copy, directory)));
            }
        }
        return archives;
    }

    private static Path unpack(JarFile jar, JarEntry library, Path folder) throws IOException {
        Files.createDirectories(folder);
        // The check has seen to it that the name is a plain one.
        Path target = folder.resolve(library.getName().substring("lib/".length()));
        if (Files.exists(target)) {
            return target;
        }
        Path temporary = Files.createTempFile(folder, "library", ".part");
        try (InputStream in = jar.getInputStream(library)) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a private copy and its libraries. What cannot be deleted is in nobody's way. */
    static void delete(PrivateCopy copy, Path directory) {
        try {
            Files.deleteIfExists(copy.path());
            Path folder = folder(copy, directory);
            if (Files.exists(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.forEach(Libraries::deleteFile);
                }
                Files.deleteIfExists(folder);
            }
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} could not be deleted", copy.path(), e);
        }
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(PrivateCopy copy, Path directory) {
        return directory.resolve(copy.sha256() + ".lib");
    }
}
