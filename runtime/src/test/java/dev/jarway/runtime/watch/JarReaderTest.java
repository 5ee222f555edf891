package dev.jarway.runtime.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.watch.Reading.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarReaderTest {
    private static final byte[] WHOLE = TestZip.of("text");

    @TempDir
    Path folder;

    @Test
    void takesEveryBeginningOfAJarForAPart() throws Exception {
        for (int length = 0; length < WHOLE.length; length++) {
            assertThat(verdict(Arrays.copyOf(WHOLE, length))).isEqualTo(Verdict.PARTIAL);
        }
        assertThat(verdict(WHOLE)).isEqualTo(Verdict.WHOLE);
    }

    // To the JDK, a copy that ends with the inner JAR, or soon after, is that JAR.
    @Test
    void takesEveryBeginningOfAJarWithAnotherInsideForAPart() throws Exception {
        byte[] outer = TestZip.of(WHOLE);

        for (int length = 0; length < outer.length; length++) {
            assertThat(verdict(Arrays.copyOf(outer, length))).isEqualTo(Verdict.PARTIAL);
        }
        assertThat(verdict(outer)).isEqualTo(Verdict.WHOLE);
    }

    @Test
    void takesACommentForAPartOfTheJar() throws Exception {
        byte[] commented = Arrays.copyOf(WHOLE, WHOLE.length + 300);
        commented[WHOLE.length - 2] = (byte) 300;
        commented[WHOLE.length - 1] = (byte) (300 >> Byte.SIZE);

        assertThat(verdict(commented)).isEqualTo(Verdict.WHOLE);
        assertThat(verdict(Arrays.copyOf(commented, commented.length - 1))).isEqualTo(Verdict.PARTIAL);
    }

    private Verdict verdict(byte[] bytes) throws IOException {
        return new JarReader().read(Files.write(folder.resolve("a.jar"), bytes)).verdict();
    }
}
