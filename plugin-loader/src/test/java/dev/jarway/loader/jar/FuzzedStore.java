package dev.jarway.loader.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A store with narrow limits, which takes a JAR or says why not, and of which what holds is checked: that nothing is left of what
 * it refused, and that what it took is within the limits by somebody else's count.
 */
final class FuzzedStore implements AutoCloseable {
    static final JarLimits LIMITS = new JarLimits(64 << 10, 3 << 20, 24, 50);

    private static final Pattern LIBRARY = Pattern.compile("lib/[^/]+\\.jar");
    private static final long RATIO_COUNTS_FROM = 1 << 20;
    private static final String CONTRACT = "dev/jarway/plugin/";

    private final Path directory;
    private final JarStore store;

    FuzzedStore(Path directory) {
        this.directory = directory;
        this.store = JarStore.open(directory.resolve("private"), LIMITS);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Offers it a JAR. */
    void offer(byte[] jar) throws IOException {
        Path file = Files.write(directory.resolve("given.jar"), jar);
        List<Path> before = files();
        Optional<StoredJar> taken = taken(file);
        if (taken.isPresent()) {
            check(taken.get(), jar);
            assertThat(store.inspect(file)).isEqualTo(taken.get().description());
            store.release(taken.get());
        }
        assertThat(files()).as("what is left").isEqualTo(before);
    }

    private Optional<StoredJar> taken(Path file) {
        try {
            return Optional.of(store.add(file));
        } catch (PluginRefusedException refusal) {
            assertThat(refusal.reason()).as(refusal.getMessage()).isNotIn(Reason.NOT_COPIED, Reason.UNREADABLE);
            assertThat(refusal).hasMessageStartingWith("given.jar: ").hasMessageContaining(" (expected: ");
            return Optional.empty();
        }
    }

    private void check(StoredJar stored, byte[] jar) throws IOException {
        assertThat(stored.file()).hasBinaryContent(jar);
        assertThat(stored.libraries())
                .allSatisfy(library -> assertThat(library.normalize()).startsWithRaw(directory.resolve("private")));
        PluginDescription description = stored.description();
        assertThat(description.id()).matches("[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?");
        assertThat(description.requires()).isNotEmpty();
        assertThat(description.size()).isEqualTo(jar.length).isLessThanOrEqualTo(LIMITS.jarBytes());
        assertThat(PluginDescription.BY_VERSION.compare(description, description))
                .isZero();

        Count count = new Count();
        count.archive(stored.file());
        assertThat(count.libraries).isEqualTo(stored.libraries().size());
        for (Path library : stored.libraries()) {
            count.archive(library);
        }
        assertThat(count.entries).isLessThanOrEqualTo(LIMITS.entries());
        assertThat(count.unpacked).isLessThanOrEqualTo(LIMITS.unpackedBytes());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.sorted().toList();
        }
    }

    /** What is in a JAR and its libraries, by somebody who trusts nothing that they say of themselves. */
    private static final class Count {
        private int entries;
        private int libraries;
        private long unpacked;

        void archive(Path archive) throws IOException {
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    entry(zip, entry);
                }
            }
        }

        private void entry(ZipFile zip, ZipEntry entry) throws IOException {
            String name = entry.getName();
            Path root = Path.of("/root");
            assertThat(name).isNotEmpty().doesNotContain("\\", "\0").doesNotMatch("(?s)[A-Za-z]:.*");
            assertThat(root.resolve(name).normalize()).as(name).startsWithRaw(root);
            long size = 0;
            try (InputStream in = zip.getInputStream(entry)) {
                size = in.transferTo(OutputStream.nullOutputStream());
            }
            entries++;
            unpacked += size;
            libraries += LIBRARY.matcher(name).matches() ? 1 : 0;
            if (size > RATIO_COUNTS_FROM) {
                assertThat(size / LIMITS.ratio()).as(name).isLessThanOrEqualTo(entry.getCompressedSize());
            }
            boolean contract =
                    name.startsWith(CONTRACT) && name.toLowerCase(Locale.ROOT).endsWith(".class");
            assertThat(contract && size >= ClassEntry.HEAD).as(name).isFalse();
        }
    }
}
