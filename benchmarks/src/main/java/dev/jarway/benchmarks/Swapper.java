package dev.jarway.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Somebody who puts a new version of a plugin into a drop folder again and again, by a thread of its own, until told to stop. */
final class Swapper {
    private final Path original;
    private final Path dropped;
    private final Duration pause;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "swapper");
    private int version;
    private volatile @Nullable IOException failure;

    private Swapper(Path original, Path dropped, int version, Duration pause) {
        this.original = original;
        this.dropped = dropped;
        this.version = version;
        this.pause = pause;
    }

    /**
     * Begins, now.
     *
     * @param original the JAR of the plugin
     * @param dropped where that is in the folder
     * @param version its version so far: the last of three numbers
     * @param pause between one and the next
     */
    static Swapper start(Path original, Path dropped, int version, Duration pause) {
        Swapper swapper = new Swapper(original, dropped, version, pause);
        swapper.thread.start();
        return swapper;
    }

    private void run() {
        try {
            do {
                swap();
            } while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void swap() throws IOException {
        Path next = dropped.resolveSibling("../next.jar").normalize(); // The same file system, and watched by nobody.
        version++;
        try (JarFile from = new JarFile(original.toFile())) {
            Manifest manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().putValue("Plugin-Version", "1.0." + version);
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(next), manifest)) {
                for (JarEntry entry : from.stream().toList()) {
                    copy(from, entry, to);
                }
            }
        }
        Files.move(next, dropped, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copy(JarFile from, JarEntry entry, JarOutputStream to) throws IOException {
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
            return;
        }
        to.putNextEntry(new JarEntry(entry.getName()));
        try (InputStream content = from.getInputStream(entry)) {
            content.transferTo(to);
        }
        to.closeEntry();
    }

    /** Stops, and says which version is the last. */
    int stop() throws IOException, InterruptedException {
        stop.countDown();
        thread.join();
        IOException why = failure;
        if (why != null) {
            throw why;
        }
        return version;
    }
}
