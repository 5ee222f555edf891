package dev.jarway.loader.jar;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Octets of all sorts as plugin JARs: each is taken, and within the limits, or refused with a reason; nothing else. */
final class ArchiveFuzzTest {
    @TempDir
    Path directory;

    private FuzzedStore store;

    @BeforeEach
    void open() {
        store = new FuzzedStore(directory);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @FuzzTest(maxDuration = "60s")
    @DictionaryEntries({"META-INF/MANIFEST.MF", "META-INF/versions/", "lib/a.jar", "../"})
    void takesOrRefusesAnArchive(byte[] octets) throws IOException {
        store.offer(octets);
    }
}
