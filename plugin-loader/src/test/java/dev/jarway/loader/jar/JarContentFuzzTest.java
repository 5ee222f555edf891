package dev.jarway.loader.jar;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * JARs in good form with all sorts of things in them: names, manifests, lists of factories, classes, JARs within. They are written
 * down as entries, each after a line of its own with {@code == } and its name, since what is packed cannot be changed by chance.
 */
final class JarContentFuzzTest {
    private static final String ENTRY = "\n== ";
    private static final String LIBRARY = "\n=== ";

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
    @DictionaryEntries({
        "== ",
        "=== ",
        "META-INF/MANIFEST.MF",
        "META-INF/services/dev.jarway.plugin.PluginFactory",
        "META-INF/versions/9/",
        "Plugin-Id: ",
        "Plugin-Version: 1.0.0",
        "Plugin-Requires: >=1.0.0 & <2.0.0",
        "Plugin-Dependencies: a@1.x, b?@*",
        "lib/a.jar",
        "dev/jarway/plugin/",
        ".class",
        "../"
    })
    void takesOrRefusesWhatIsInAJar(byte[] octets) throws IOException {
        store.offer(jar("\n" + new String(octets, StandardCharsets.ISO_8859_1), ENTRY));
    }

    private static byte[] jar(String text, String mark) {
        PluginJar jar = PluginJar.plain("fuzzed.jar");
        String[] entries = text.split(mark, -1);
        for (int i = 1; i < entries.length; i++) {
            int line = entries[i].indexOf('\n');
            if (line >= 0) {
                String content = entries[i].substring(line + 1);
                // A JAR within is written down as one, with another mark.
                jar.entry(
                        entries[i].substring(0, line),
                        ("\n" + content).contains(LIBRARY)
                                ? jar("\n" + content, LIBRARY)
                                : content.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return jar.bytes();
    }
}
