package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every reason for which a JAR is refused, and that a refusal leaves nothing behind. */
final class RefusalTest extends LoaderFixture {

    @AfterEach
    void leavesNoFileBehind() throws IOException {
        try (var files = Files.list(directory.resolve("private"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly(".lock");
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertRefused(directory.resolve("probe-1.0.0.jar"), Reason.UNREADABLE, "not there");
    }

    @Test
    void refusesADirectory() throws IOException {
        assertRefused(Files.createDirectory(directory.resolve("probe-1.0.0.jar")), Reason.UNREADABLE, "not a file");
    }

    @Test
    void refusesWhatIsNoJar() throws IOException {
        Path file = Files.writeString(directory.resolve("probe-1.0.0.jar"), "hello");

        assertRefused(file, Reason.NOT_A_JAR, "cannot be opened", "a whole JAR");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 50, 95, 99})
    void refusesAJarThatIsCutShort(int percent) throws IOException {
        byte[] whole = simple().bytes();
        Path file = directory.resolve("probe-1.0.0.jar");
        Files.write(file, Arrays.copyOf(whole, whole.length * percent / 100));

        assertRefused(file, Reason.NOT_A_JAR, "a whole JAR");
    }

    @Test
    void refusesAJarWithADamagedEntry() throws IOException {
        byte[] bytes = simple().resource("text", "x".repeat(100)).bytes();
        int inTheClassFile = bytes.length / 3;
        bytes[inTheClassFile] ^= 0x55;

        assertRefused(Files.write(directory.resolve("probe-1.0.0.jar"), bytes), Reason.NOT_A_JAR, "is damaged");
    }

    // The JDK has another exception for this than for all else that is wrong with a ZIP.
    @Test
    void refusesAJarWhoseCommentIsCutShort() throws IOException {
        byte[] bytes = simple().bytes();
        byte[] commented = Arrays.copyOf(bytes, bytes.length + 10);
        commented[bytes.length - 2] = 100;

        assertRefused(
                Files.write(directory.resolve("probe-1.0.0.jar"), commented), Reason.NOT_A_JAR, "cannot be opened");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "../evil.txt; has a '..'",
                "a/../../evil.txt; has a '..'",
                "a/..; has a '..'",
                "/etc/evil.txt; is absolute",
                "a\\evil.txt; has a backslash",
                "..\\evil.txt; has a backslash",
                "C:/evil.txt; begins with a drive letter"
            },
            delimiter = ';')
    void refusesNamesThatPointOutOfTheArchive(String name, String fault) {
        assertRefused(simple().resource(name, "evil"), Reason.ZIP_SLIP, "entry '" + name + "' " + fault);
    }

    @Test
    void refusesSuchNamesInNestedJarsToo() {
        byte[] library =
                PluginJar.plain("library.jar").resource("../evil.txt", "evil").bytes();

        assertRefused(
                simple().entry("lib/library.jar", library),
                Reason.ZIP_SLIP,
                "entry 'lib/library.jar!/../evil.txt' has a '..'");
    }

    @Test
    void refusesANestedJarThatIsNone() {
        assertRefused(
                simple().resource("lib/library.jar", "hello"), Reason.NOT_A_JAR, "lib/library.jar!/ cannot be opened");
    }

    @Test
    void refusesAJarWithoutManifest() {
        assertRefused(
                PluginJar.plain("probe-1.0.0.jar").resource("text", "x"),
                Reason.NO_MANIFEST,
                "no META-INF/MANIFEST.MF");
    }

    @Test
    void refusesAManifestThatCannotBeParsed() {
        assertRefused(
                PluginJar.plain("probe-1.0.0.jar").resource("META-INF/MANIFEST.MF", "hello\nworld\n"),
                Reason.NO_MANIFEST,
                "META-INF/MANIFEST.MF:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Plugin-Id", "Plugin-Version"})
    void refusesAManifestWithoutIdentity(String attribute) {
        assertRefused(simple().withoutAttribute(attribute), Reason.INVALID_ATTRIBUTE, "no " + attribute + " in");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "Plugin-Id; Probe; up to 64",
                "Plugin-Id; -probe; up to 64",
                "Plugin-Id; ../probe; up to 64",
                "Plugin-Id; pppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppppp; up to 64",
                "Plugin-Version; 1.0; a semantic version",
                "Plugin-Version; latest; a semantic version",
                "Plugin-Requires; >>1; a range of versions",
                "Plugin-Dependencies; Other@1.0.0; up to 64",
                "Plugin-Dependencies; other@one; a range of versions",
                "Plugin-Dependencies; probe; other plugins, each once",
                "Plugin-Dependencies; 'other, other@1.0.0'; other plugins, each once"
            },
            delimiter = ';')
    void refusesMalformedAttributes(String attribute, String value, String expected) {
        assertRefused(simple().attribute(attribute, value), Reason.INVALID_ATTRIBUTE, attribute + " is '", expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {">=2.0.0", "<1.0.0", "2.0.0", "~0.9"})
    void refusesAPluginForAnotherContract(String range) {
        assertRefused(
                simple().attribute("Plugin-Requires", range),
                Reason.CONTRACT_UNSATISFIED,
                "Plugin-Requires is '" + range + "'",
                "a range with 1.0.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev/jarway/plugin/Filter.class", "META-INF/versions/17/dev/jarway/plugin/Filter.class"})
    void refusesAJarThatBundlesTheContract(String name) {
        assertRefused(
                simple().entry(name, classFile(61)), Reason.BUNDLES_CONTRACT, name + " is a class of the contract's");
    }

    @Test
    void refusesTheContractAsALibraryToo() {
        Path contract = PluginJar.plain("plugin-contract.jar")
                .entry("dev/jarway/plugin/Filter.class", classFile(61))
                .in(directory);

        assertRefused(simple().library(contract), Reason.BUNDLES_CONTRACT, "lib/plugin-contract.jar!/dev/jarway");
    }

    @Test
    void refusesClassesForALaterJava() {
        int here = Runtime.version().feature();

        assertRefused(
                simple().entry("acme/Later.class", classFile(here + 45)),
                Reason.JAVA_TOO_OLD,
                "acme/Later.class is compiled for Java " + (here + 1),
                "at most Java " + here);
    }

    @Test
    void takesClassesForALaterJavaWhereTheyAreOneOfSeveral() {
        int later = Runtime.version().feature() + 1;
        var plugin = load(simple().entry("META-INF/versions/" + later + "/acme/X.class", classFile(later + 44)));

        unload(plugin);
    }

    @Test
    void refusesAJarWithoutFactory() {
        assertRefused(
                PluginJar.of("probe", "1.0.0").resource("text", "x"),
                Reason.NO_FACTORY,
                "no factory in META-INF/services");
        assertRefused(
                PluginJar.of("probe", "1.0.0").service("# acme.Simple"), Reason.NO_FACTORY, "the name of one class");
    }

    @Test
    void refusesAJarWithTwoFactories() {
        assertRefused(
                simple().service("acme.Other"), Reason.SEVERAL_FACTORIES, "2 factories", "acme.Simple, acme.Other");
    }

    @Test
    void refusesAFactoryThatIsNotInTheJar() {
        assertRefused(
                PluginJar.of("probe", "1.0.0").service("acme.Gone"),
                Reason.FACTORY_NOT_FOUND,
                "factory acme.Gone is not in the JAR",
                "acme/Gone.class");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "public class Odd {} | does not implement PluginFactory",
                "class Odd extends Fine {} | is not public",
                "public abstract class Odd extends Fine {} | is abstract",
                "public class Odd extends Fine { public Odd(String x) {} } | no public constructor",
                "public class Odd extends Fine { Odd() {} } | no public constructor",
                "public class Odd extends Fine { public Class<C> configType() { return null; } } | answers null"
            },
            delimiter = '|')
    void refusesWhatCannotBeAFactory(String declaration, String found) {
        var jar = PluginJar.of("probe", "1.0.0").service("acme.Odd").source("acme.Odd", """
                package acme;
                %s
                abstract class Fine implements dev.jarway.plugin.PluginFactory<Fine.C> {
                    public record C() {}
                    public Class<C> configType() { return C.class; }
                    public dev.jarway.plugin.Plugin create(C c, dev.jarway.plugin.PluginContext x) { return null; }
                }""".formatted(declaration));

        assertRefused(jar, Reason.NOT_A_FACTORY, found, "a public class with a public constructor");
    }

    @Test
    void refusesAFactoryWhoseConstructorThrows() {
        var refusal = assertRefused(
                probe().factory(source().constructing("throw new IllegalStateException(\"boom\");")),
                Reason.FACTORY_FAILED,
                "plugin probe@1.0.0#1 threw in factory acme.Probe: java.lang.IllegalStateException: boom");

        assertThat(refusal).hasStackTraceContaining("acme.Probe.<init>");
    }

    @Test
    void refusesAFactoryWhoseInitialiserThrows() {
        assertRefused(
                probe().factory(source().with("static int x = Integer.parseInt(\"boom\");")),
                Reason.FACTORY_FAILED,
                "ExceptionInInitializerError");
    }

    @Test
    void refusesAFactoryThatNeedsAClassWhichIsNotThere() {
        Path library = PluginJar.plain("library.jar")
                .source("acme.lib.Base", "package acme.lib; public class Base { public Base() {} }")
                .in(directory);

        assertRefused(
                probe().compiledAgainst(library).factory(source().constructing("new acme.lib.Base();")),
                Reason.LINKAGE,
                "NoClassDefFoundError: acme/lib/Base",
                "all that it needs in the JAR");
    }

    private PluginRefusedException assertRefused(PluginJar jar, Reason reason, String... texts) {
        return assertRefused(jar.at(directory.resolve("probe-1.0.0.jar")), reason, texts);
    }

    private PluginRefusedException assertRefused(Path jar, Reason reason, String... texts) {
        var refusal = refusalOf(jar);

        assertThat(refusal).hasMessageStartingWith("probe-1.0.0.jar: ").hasMessageContaining("(expected: ");
        assertThat(refusal.getMessage()).contains(texts);
        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.jar()).isEqualTo("probe-1.0.0.jar");
        return refusal;
    }

    private static PluginJar simple() {
        return PluginJar.simple("probe", "1.0.0");
    }

    private static PluginJar probe() {
        return PluginJar.of("probe", "1.0.0");
    }

    private static PluginSource source() {
        return PluginSource.of("acme.Probe");
    }

    private static byte[] classFile(int major) {
        byte[] head = "....\0\0..".getBytes(StandardCharsets.ISO_8859_1);
        head[0] = (byte) 0xCA;
        head[1] = (byte) 0xFE;
        head[2] = (byte) 0xBA;
        head[3] = (byte) 0xBE;
        head[6] = 0;
        head[7] = (byte) major;
        return head;
    }
}
