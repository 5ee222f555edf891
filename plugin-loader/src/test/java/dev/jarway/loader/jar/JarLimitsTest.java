package dev.jarway.loader.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.loader.testing.PluginJar;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JarLimitsTest {
    private static final long MIB = 1L << 20;

    @TempDir
    Path directory;

    @Test
    void refusesAJarThatIsTooLarge() {
        assertThat(refusal(new JarLimits(500, MIB, 100, 100), simple()))
                .hasMessage("probe-1.0.0.jar: more than 500 bytes (expected: at most 500)")
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void refusesAJarThatUnpacksToTooMuch() {
        var jar = simple().entry("a", new byte[600]).entry("b", new byte[600]);

        assertThat(refusal(new JarLimits(MIB, 1_000, 100, 100), jar))
                .hasMessageContaining("more than 1000 bytes unpacked")
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void countsWhatIsInNestedJarsToo() {
        Path library = PluginJar.plain("library.jar")
                .entry("a", new byte[600_000])
                .entry("b", new byte[600_000])
                .in(directory);

        assertThat(refusal(new JarLimits(MIB, MIB, 100, 1_000), simple().library(library)))
                .hasMessageContaining("bytes unpacked");
        assertThat(refusal(new JarLimits(MIB, 10 * MIB, 6, 1_000), simple().library(library)))
                .hasMessageContaining("more than 6 entries");
    }

    @Test
    void refusesTooManyEntries() {
        var jar = simple().resource("a", "").resource("b", "");

        assertThat(refusal(new JarLimits(MIB, MIB, 5, 100), jar))
                .hasMessage("probe-1.0.0.jar: more than 5 entries (expected: at most 5)")
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.TOO_MANY_ENTRIES);
    }

    @Test
    void refusesAZipBomb() {
        var jar = simple().entry("zeros", new byte[(int) (20 * MIB)]);

        assertThat(refusal(JarLimits.DEFAULTS, jar))
                .hasMessageContaining("entry 'zeros' unpacks to more than 200 times its size")
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.ZIP_BOMB);
    }

    @Test
    void refusesWhatIsTooLargeToBeParsed() {
        String lines = "# nothing\n".repeat(500_000);
        var limits = new JarLimits(MIB, 10 * MIB, 100, 10_000);

        assertThat(refusal(limits, simple().resource("META-INF/services/dev.jarway.plugin.PluginFactory", lines)))
                .hasMessageContaining("META-INF/services/dev.jarway.plugin.PluginFactory has more than 4194304 bytes")
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(limits, simple().resource("META-INF/MANIFEST.MF", lines)))
                .hasMessageContaining("META-INF/MANIFEST.MF has more than 4194304 bytes");
    }

    @Test
    void refusesARangeOfVersionsThatIsTooLong() {
        String brackets = "(".repeat(60) + ("\n " + "(".repeat(60)).repeat(200);

        assertThat(refusal(JarLimits.DEFAULTS, simple().attribute("Plugin-Requires", brackets)))
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.INVALID_ATTRIBUTE);
        assertThat(refusal(JarLimits.DEFAULTS, simple().attribute("Plugin-Dependencies", "other@" + brackets)))
                .extracting(PluginRefusedException::reason)
                .isEqualTo(Reason.INVALID_ATTRIBUTE);
    }

    @Test
    void takesSmallEntriesOfAnyRatio() {
        try (var store = store(JarLimits.DEFAULTS)) {
            var jar = simple().entry("zeros", new byte[(int) MIB]).in(directory);

            assertThat(store.inspect(jar).id()).isEqualTo("probe");
        }
    }

    @Test
    void limitsThatAllowNothingAreRefused() {
        assertThatThrownBy(() -> new JarLimits(1, 1, 0, 1)).hasMessage("entries: 0 (expected: > 0)");
    }

    private PluginRefusedException refusal(JarLimits limits, PluginJar jar) {
        try (var store = store(limits)) {
            return catchThrowableOfType(PluginRefusedException.class, () -> store.inspect(jar.in(directory)));
        }
    }

    private JarStore store(JarLimits limits) {
        return JarStore.open(directory.resolve("private"), limits);
    }

    private static PluginJar simple() {
        return PluginJar.simple("probe", "1.0.0");
    }
}
