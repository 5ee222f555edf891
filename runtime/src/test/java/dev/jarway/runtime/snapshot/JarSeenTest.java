package dev.jarway.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.files.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarSeenTest {
    @TempDir
    Path directory;

    @Test
    void isStillSoAsLongAsItsContentIs() throws Exception {
        Path jar = Files.writeString(directory.resolve("x.jar"), "one");
        JarSeen seen = new JarSeen(jar, Sha256.of(jar));
        assertThat(seen.isStillSo()).isTrue();

        Files.writeString(jar, "two");

        assertThat(seen.isStillSo()).isFalse();
    }

    @Test
    void isNotStillSoOnceItIsGone() {
        assertThat(new JarSeen(directory.resolve("gone.jar"), Sha256.of(new byte[0])).isStillSo())
                .isFalse();
    }

    @Test
    void leavesItToTheLoadingToSayWhyItCannotBeRead() throws Exception {
        // Opens, but answers the first read with an error.
        Path unreadable = Files.createDirectory(directory.resolve("x.jar"));

        assertThat(new JarSeen(unreadable, Sha256.of(new byte[0])).isStillSo()).isTrue();
    }
}
