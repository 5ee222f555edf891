package dev.jarway.loader.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.loader.testing.PluginJar;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarStoreTest {
    @TempDir
    Path directory;

    private Path privateDirectory;

    @BeforeEach
    void nameIt() {
        privateDirectory = directory.resolve("private");
    }

    @Test
    void namesCopiesByTheirHash() throws Exception {
        byte[] bytes = PluginJar.simple("probe", "1.0.0").bytes();
        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Path given = Files.write(directory.resolve("given.jar"), bytes);

        try (var store = open()) {
            var stored = store.add(given);

            assertThat(stored.file()).hasFileName(hash + ".jar").hasBinaryContent(bytes);
            assertThat(stored.name()).isEqualTo("given.jar");
            assertThat(stored.description().sha256()).isEqualTo(hash);
            assertThat(stored.description().size()).isEqualTo(bytes.length);
        }
    }

    @Test
    void keepsACopyUntilItsLastUserReleasesIt() throws IOException {
        Path library = PluginJar.plain("library.jar").resource("text", "x").in(directory);
        Path given = PluginJar.simple("probe", "1.0.0").library(library).in(directory);

        try (var store = open()) {
            var first = store.add(given);
            var second = store.add(given);
            assertThat(second.libraries())
                    .isEqualTo(first.libraries())
                    .allMatch(Files::exists)
                    .hasSize(1);

            store.release(first);
            assertThat(second.file()).exists();

            store.release(second);
            assertThat(files()).containsExactly(".lock");
        }
    }

    @Test
    void inspectsWithoutKeeping() throws IOException {
        Path given = PluginJar.simple("probe", "1.2.0-rc.1")
                .attribute("Plugin-Description", "Looks closely.")
                .attribute("Plugin-Provider", "acme")
                .attribute("Plugin-Requires", "1.0.0")
                .attribute("Plugin-Dependencies", "base@>=1.0.0 & <2.0.0, extra?, more@")
                .in(directory);

        try (var store = open()) {
            var description = store.inspect(given);

            assertThat(description.id()).isEqualTo("probe");
            assertThat(description.version()).isEqualTo("1.2.0-rc.1");
            assertThat(description.requires()).isEqualTo("1.0.0");
            assertThat(description.description()).isEqualTo("Looks closely.");
            assertThat(description.provider()).isEqualTo("acme");
            assertThat(description.factory()).isEqualTo("acme.Simple");
            assertThat(description.dependencies())
                    .containsExactly(
                            new PluginRequirement("base", ">=1.0.0 & <2.0.0", false),
                            new PluginRequirement("extra", "*", true),
                            new PluginRequirement("more", "*", false));
            assertThat(files()).containsExactly(".lock");
        }
    }

    @Test
    void deletesWhatADeadProcessLeftBehindAndNothingElse() throws IOException {
        Files.createDirectories(privateDirectory.resolve("incoming-123/lib"));
        Files.writeString(privateDirectory.resolve("incoming-123/lib/0.jar"), "x");
        Files.writeString(privateDirectory.resolve("a".repeat(64) + ".jar"), "x");
        Files.createDirectories(privateDirectory.resolve("a".repeat(64) + ".lib"));
        Files.writeString(privateDirectory.resolve("letters.txt"), "x");

        open().close();

        assertThat(files()).containsExactlyInAnyOrder(".lock", "letters.txt");
    }

    @Test
    void sharesItsDirectoryWithNobody() {
        try (var store = open()) {
            assertThat(store).isNotNull();
            assertThatThrownBy(this::open)
                    .hasRootCauseMessage(
                            privateDirectory + ": in use by another loader (expected: a directory of its own)");
        }
        open().close();
    }

    @Test
    void leavesNothingOfACopyForWhichThereWasNoRoomAndTakesItLater() throws IOException {
        Path given = PluginJar.simple("probe", "1.0.0").in(directory);
        var disk = new SmallDisk(1_000);

        try (var store = JarStore.open(privateDirectory, JarLimits.DEFAULTS, disk)) {
            assertThatThrownBy(() -> store.add(given))
                    .hasMessageContaining("probe-1.0.0.jar: could not be copied into " + privateDirectory)
                    .hasMessageContaining("No space left on device")
                    .isInstanceOfSatisfying(
                            PluginRefusedException.class,
                            refusal -> assertThat(refusal.reason()).isEqualTo(Reason.NOT_COPIED));
            assertThat(files()).containsExactly(".lock");

            disk.room = Long.MAX_VALUE;
            assertThat(store.add(given).file()).hasSameBinaryContentAs(given);
        }
    }

    @Test
    void leavesNothingOfACopyForWhoseLibrariesThereWasNoRoom() throws IOException {
        Path library = PluginJar.plain("library.jar").resource("text", "x").in(directory);
        Path given = PluginJar.simple("probe", "1.0.0").library(library).in(directory);
        var disk = new SmallDisk(Files.size(given) + 10);

        try (var store = JarStore.open(privateDirectory, JarLimits.DEFAULTS, disk)) {
            assertThatThrownBy(() -> store.add(given)).hasMessageContaining("No space left on device");
            assertThat(files()).containsExactly(".lock");
        }
    }

    private JarStore open() {
        return JarStore.open(privateDirectory, JarLimits.DEFAULTS);
    }

    private List<String> files() throws IOException {
        try (var files = Files.list(privateDirectory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** A disk that is full after so many bytes, in the middle of a write. */
    private static final class SmallDisk implements PrivateFile {
        private long room;

        SmallDisk(long room) {
            this.room = room;
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            return new FilterOutputStream(Files.newOutputStream(file)) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    int fits = (int) Math.min(room, length);
                    out.write(bytes, from, fits);
                    room -= fits;
                    if (fits < length) {
                        throw new IOException("No space left on device");
                    }
                }
            };
        }
    }
}
