package dev.jarway.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.files.NotWrittenException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedJarTest {
    private static final byte[] JAR = new byte[10_000];

    @TempDir
    Path folder;

    @Test
    void waitsUnderAHiddenNameAndLeavesNothing() throws Exception {
        try (StagedJar staged = StagedJar.in(folder, JAR)) {
            assertThat(staged.file()).hasBinaryContent(JAR);
            assertThat(folder)
                    .isDirectoryNotContaining(
                            path -> !path.getFileName().toString().startsWith("."));
        }

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNothingOfAnUploadForWhichThereWasNoRoom() {
        assertThatThrownBy(() -> StagedJar.in(folder, JAR, StagedJarTest::onFullDisk))
                .isInstanceOf(NotWrittenException.class)
                .hasMessage(folder
                        + " cannot be written: No space left on device (expected: room there, and the right to write)");

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void deletesWhatADeadProcessLeftButNothingThatIsUnderWay() throws Exception {
        Path left = StagedJar.in(folder, JAR).file().resolveSibling(".").normalize();
        Path underWay = StagedJar.in(folder, JAR).file();
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));

        StagedJar.deleteLeftovers(folder);

        assertThat(left).doesNotExist();
        assertThat(underWay).exists();
    }

    private static OutputStream onFullDisk(Path file) throws IOException {
        return new FilterOutputStream(Files.newOutputStream(file)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length / 2);
                throw new IOException("No space left on device");
            }
        };
    }
}
