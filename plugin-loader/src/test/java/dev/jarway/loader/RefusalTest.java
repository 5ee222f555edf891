package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.PluginRefusedException.Reason;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RefusalTest extends LoaderTest {

    @Test
    void refusesAJarWithoutFactory() {
        refuses(probe(), Reason.NO_FACTORY, "names no factory", "expected: one class name in META-INF/services/");
    }

    @Test
    void refusesAJarWithTwoFactories() {
        refuses(fine().factoryName("Other"), Reason.SEVERAL_FACTORIES, "names 2 factories: Probe, Other");
    }

    @Test
    void refusesAFactoryOfAnotherType() {
        refuses(
                probe().factory("public class Probe {}"),
                Reason.NOT_A_FACTORY,
                "names the factory Probe",
                "expected: an implementation of dev.jarway.plugin.PluginFactory");
    }

    @Test
    void refusesAFactoryThatIsNotThere() {
        refuses(
                probe().factoryName("no.such.Factory"),
                Reason.NOT_A_FACTORY,
                "no.such.Factory, which it does not contain");
    }

    @Test
    void refusesAFactoryWhoseConstructorThrows() {
        String source = Factories.answering("Probe", "null")
                .replace(
                        "public record Config",
                        "public Probe() { throw new IllegalStateException(\"not today\"); }\n"
                                + "public record Config");
        refuses(probe().factory(source), Reason.FACTORY_FAILED, "java.lang.IllegalStateException: not today");
    }

    @Test
    void refusesAFactoryWhoseConfigIsNoRecord() {
        String source = "@SuppressWarnings(\"rawtypes\")"
                + " public class Probe implements PluginFactory {"
                + " public Class configType() { return String.class; }"
                + " public Plugin create(Record config, PluginContext context) { return null; } }";
        refuses(probe().factory(source), Reason.NOT_A_FACTORY, "config type is java.lang.String", "expected: a record");
    }

    @Test
    void refusesAStaticInitialiserThatNeverEnds() {
        String source = Factories.answering("Probe", "null")
                .replace(
                        "public record Config",
                        "static { int i = 0; while (i >= 0) { i = i & 1; } }\npublic record Config");
        refuses(probe().factory(source), Reason.FACTORY_FAILED, "did not finish start within 1000 ms");
    }

    @Test
    void refusesATruncatedJar() throws IOException {
        byte[] whole = fine().toBytes();
        Path file = folder.resolve("probe.jar");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertRefused(file, Reason.NOT_AN_ARCHIVE, "cannot be read as a JAR", "expected: a complete JAR");
    }

    @Test
    void refusesNamesThatPointOutsideTheArchive() {
        for (String name : List.of("../evil.class", "a/../../evil", "/etc/passwd", "C:/evil", "a\\..\\evil")) {
            refuses(fine().text(name, "x"), Reason.UNSAFE_NAME, "points outside the archive");
        }
    }

    @Test
    void refusesNamesThatPointOutsideOfALibrary() {
        refuses(
                fine().library("evil.jar", PluginJar.library().text("../evil.class", "x")),
                Reason.UNSAFE_NAME,
                "'../evil.class' points outside the archive");
    }

    @Test
    void refusesAnEntryThatUnpacksToFarMoreThanItsSize() {
        refuses(
                fine().bytes("zeros", new byte[64 << 20]),
                Reason.SUSPICIOUS_RATIO,
                "'zeros' unpacks to",
                "at most 200 times");
    }

    @Test
    void refusesAJarBuiltAgainstANewerContract() {
        refuses(
                fine().attribute("Plugin-Requires", ">=2.0.0"),
                Reason.CONTRACT_MISMATCH,
                "Plugin-Requires >=2.0.0",
                "expected: a range that " + ContractVersion.current() + " is in");
    }

    @Test
    void refusesAJarThatBundlesTheContract() {
        refuses(
                fine().source("package dev.jarway.plugin; public interface Filter {}"),
                Reason.BUNDLES_CONTRACT,
                "contains the contract's class dev/jarway/plugin/Filter.class",
                "'provided'");
    }

    @Test
    void refusesAMissingOrWrongManifest() {
        refuses(fine().withoutManifest(), Reason.MANIFEST_INVALID, "no META-INF/MANIFEST.MF");
        refuses(fine().attribute("Plugin-Id", ""), Reason.MANIFEST_INVALID, "no Plugin-Id");
        refuses(fine().attribute("Plugin-Id", "Not Good"), Reason.MANIFEST_INVALID, "'Not Good'", "a-z, 0-9");
        refuses(fine().attribute("Plugin-Version", "1"), Reason.MANIFEST_INVALID, "'1'", "a semantic version");
        refuses(fine().attribute("Plugin-Requires", "soon"), Reason.MANIFEST_INVALID, "'soon'", "a range of versions");
    }

    @Test
    void refusesAJarWhoseDependencyIsNotLoaded() {
        refuses(
                fine().attribute("Plugin-Dependencies", "base@>=2.0.0"),
                Reason.MISSING_DEPENDENCY,
                "needs plugin base in range >=2.0.0, which is not loaded");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(folder.resolve("gone.jar"), Reason.UNREADABLE, "gone.jar: cannot be read");
    }

    @Test
    void leavesNothingBehindWhenItRefuses() throws IOException {
        refuses(probe(), Reason.NO_FACTORY, "probe.jar");

        try (Stream<Path> left = Files.list(privateFolder)) {
            assertThat(left).isEmpty();
        }
    }

    private static PluginJar probe() {
        return PluginJar.of("probe", "1.0.0");
    }

    private static PluginJar fine() {
        return probe().factory(Factories.answering("Probe", "null"));
    }

    private void refuses(PluginJar jar, Reason reason, String... words) {
        assertRefused(jar.writeTo(folder.resolve("probe.jar")), reason, words);
    }

    private void assertRefused(Path file, Reason reason, String... words) {
        PluginRefusedException refusal = refusal(file);

        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal).hasMessageStartingWith(file.getFileName() + ": ").hasMessageContainingAll(words);
    }
}
