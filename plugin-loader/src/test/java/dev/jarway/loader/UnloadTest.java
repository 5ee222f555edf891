package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class UnloadTest extends LoaderFixture {

    @Test
    void aHundredLoadsLeaveNoClassLoaderAndNoFileBehind() throws IOException {
        Path library =
                PluginJar.plain("library.jar").resource("text", "library").in(directory);
        Path jar = PluginJar.of("probe", "1.0.0")
                .library(library)
                .resource("acme/text", "x")
                .factory(PluginSource.of("acme.Probe").applying("""
                        for (var name : List.of("/acme/text", "/text")) getClass().getResourceAsStream(name).readAllBytes();
                        return getClass().getResource("/acme/text").openStream().read();
                        """))
                .in(directory);
        var all = new ArrayList<LoadedPlugin>();

        for (int i = 0; i < 100; i++) {
            var plugin = load(jar);
            apply(plugin, "");
            unload(plugin);
            all.add(plugin);
        }

        for (var plugin : all) {
            assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.COLLECTED);
            assertThat(plugin.state()).isEqualTo(GenerationState.COLLECTED);
        }
        assertThat(loader.generations()).isEmpty();
        assertThat(openPrivateFiles()).isEmpty();
        assertThat(copies()).isEmpty();
    }

    @Test
    void isNeverToldToHaveEndedBeforeItHas() {
        Path jar = PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe"))
                .in(directory);

        for (int i = 0; i < 20; i++) {
            var plugin = load(jar);
            unload(plugin);

            var end = loader.collect(plugin);
            while (!end.isDone()) {
                end = loader.collect(plugin); // Asked all the time, it gets to the very moment of the collection.
            }

            assertThat(await(end)).isEqualTo(GenerationState.COLLECTED);
        }
    }

    @Test
    void whatTheHostKeepsOfAFaultHoldsNoPlugin() {
        var plugin = load(PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe")
                        .applying("throw new Odd();")
                        .with("""
                        static class Odd extends RuntimeException { Odd() { super("odd", new Exception()); } }
                        """)));
        var fault = catchThrowableOfType(
                PluginFault.class,
                () -> loader.boundary().call(plugin, "apply", Duration.ofSeconds(10), () -> apply(plugin, "")));

        unload(plugin);

        assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.COLLECTED);
        assertThat(fault).hasMessageContaining("acme.Probe$Odd: odd").hasStackTraceContaining("acme.Probe.tried");
    }

    @Test
    void aRefusedPluginIsCollectedToo() {
        var refusal = refusalOf(PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe").constructing("throw new IllegalStateException();")));

        for (var plugin : loader.generations()) {
            assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.COLLECTED);
        }
        assertThat(refusal).hasMessageContaining("probe@1.0.0#1");
    }

    @Test
    void aPluginThatWasCutOffIsCollectedToo() {
        var plugin = load(PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe").applying("while (true) {}")));
        try (var crossing = loader.boundary().crossing()) {
            crossing.enter(plugin, 1);
            try {
                apply(plugin, "");
            } catch (Throwable e) {
                assertThat(crossing.exit()).isTrue();
            }
            unload(plugin);

            assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.COLLECTED);
        }
    }

    private List<Path> openPrivateFiles() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        String mine = directory.toRealPath().resolve("private").toString();
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.map(UnloadTest::target)
                    .filter(Objects::nonNull)
                    .filter(file -> file.startsWith(mine) && file.toString().contains(".jar"))
                    .toList();
        }
    }

    private static @Nullable Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return null;
        }
    }
}
