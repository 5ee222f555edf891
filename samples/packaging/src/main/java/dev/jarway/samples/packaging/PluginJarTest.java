package dev.jarway.samples.packaging;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.plugin.PluginFactory;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in the build of every sample, on the JAR that the system property {@code plugin.jar} names. */
class PluginJarTest {
    private static final Path FILE = Path.of(requireNonNull(System.getProperty("plugin.jar"), "plugin.jar"));

    private PluginJar jar;

    @BeforeEach
    void openJar(@TempDir Path libraryDirectory) throws IOException {
        jar = PluginJar.open(FILE, libraryDirectory);
    }

    @Test
    void saysInItsManifestWhatItIs() throws IOException {
        var manifest = jar.manifest();

        var id = manifest.getValue("Plugin-Id");
        var version = manifest.getValue("Plugin-Version");
        assertThat(id).matches("[a-z0-9-]+");
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+");
        assertThat(FILE).hasFileName(id + "-" + version + ".jar");
        assertThat(manifest.getValue("Plugin-Requires")).isEqualTo(">=1.0.0 & <2.0.0");
        assertThat(manifest.getValue("Plugin-Description")).isNotBlank();
        assertThat(manifest.getValue("Plugin-Provider")).isEqualTo("Jarway");
    }

    @Test
    void hasOneFactoryThatNeedsNothingFromOutside() throws IOException, ReflectiveOperationException {
        assertThat(jar.factories()).hasSize(1);

        try (var loader = jar.isolated()) {
            var type = loader.loadClass(jar.factories().getFirst());
            var factory = (PluginFactory<?>) type.getConstructor().newInstance();

            assertThat(type.getClassLoader()).isSameAs(loader);
            assertThat(factory.configType()).isRecord().isPublic();
        }
    }

    @Test
    void bringsNothingThatTheGatewayGives() throws IOException {
        var shared = SharedClasses.PACKAGES.stream()
                .map(name -> name.replace('.', '/'))
                .toList();

        assertThat(jar.entries()).noneMatch(entry -> shared.stream().anyMatch(entry::startsWith));
    }

    @Test
    void bringsNothingThatOnlyItsTestsNeed() throws IOException {
        assertThat(jar.entries())
                .noneMatch(entry -> entry.startsWith("io/netty/") || entry.startsWith("io/vertx/"))
                .noneMatch(entry -> entry.startsWith("dev/jarway/runtime/") || entry.startsWith("org/junit/"));
    }
}
