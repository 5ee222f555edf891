package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

final class GenerationsTest extends LoaderFixture {

    @Test
    void tellsWhatItHasLoaded() {
        var plugin = load(saying("hello", "1.2.0"));

        assertThat(plugin.identity()).hasToString("probe@1.2.0#1");
        assertThat(plugin.description().factory()).isEqualTo("acme.Probe");
        assertThat(plugin.state()).isEqualTo(GenerationState.LOADED);
        assertThat(plugin.factory().getClass().getClassLoader()).isSameAs(plugin.classLoader());
        assertThat(loader.generations()).containsExactly(plugin);
    }

    @Test
    void runsTwoVersionsOfOnePluginAtOnce() {
        var old = load(saying("old", "1.0.0"));
        var young = load(saying("young", "1.1.0"));

        assertThat(apply(old, "")).isEqualTo("old");
        assertThat(apply(young, "")).isEqualTo("young");
        assertThat(young.identity().generation()).isEqualTo(2);
    }

    @Test
    void runsTheSameVersionWithOtherBytesAsAnotherGeneration() {
        var first = load(saying("first", "1.0.0"));
        var second = load(saying("second", "1.0.0"));

        assertThat(apply(first, "")).isEqualTo("first");
        assertThat(apply(second, "")).isEqualTo("second");
        assertThat(loader.generations()).containsExactly(first, second);
    }

    @Test
    void runsTheSameBytesTwice() {
        Path jar = saying("same", "1.0.0").in(directory);
        var first = load(jar);
        var second = load(jar);
        unload(first);

        assertThat(apply(second, "")).isEqualTo("same");
        assertThat(second.description().sha256()).isEqualTo(first.description().sha256());
    }

    @Test
    void doesNotHoldTheFileItWasGiven() throws IOException {
        Path jar = saying("old", "1.0.0").resource("text", "old").in(directory);
        var plugin = load(jar);

        Files.writeString(jar, "half a ");
        assertThat(apply(plugin, "")).isEqualTo("old");
        Files.delete(jar);
        assertThat(apply(plugin, "Late")).isEqualTo("late");
    }

    @Test
    void goesThroughItsStates() {
        var plugin = load(saying("hello", "1.0.0"));

        plugin.activate();
        assertThat(plugin.state()).isEqualTo(GenerationState.ACTIVE);
        plugin.drain();
        plugin.activate();
        plugin.drain();
        assertThat(plugin.state()).isEqualTo(GenerationState.DRAINING);
        unload(plugin);

        assertThat(plugin.state()).isIn(GenerationState.CLOSED, GenerationState.COLLECTED);
        assertThatThrownBy(plugin::activate).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(plugin::factory).hasMessageStartingWith("plugin probe@1.0.0#1: C");
        assertThatThrownBy(plugin::classLoader).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doesNotUnloadWhatIsActive() {
        var plugin = load(saying("hello", "1.0.0"));
        plugin.activate();

        assertThatThrownBy(() -> unload(plugin)).hasMessageContaining("ACTIVE (expected: LOADED or DRAINING)");
        assertThatThrownBy(() -> await(loader.collect(plugin))).hasMessageContaining("ACTIVE (expected: closed)");
        assertThat(apply(plugin, "")).isEqualTo("hello");
    }

    @Test
    void oneFutureMayBeWaitedForInTheCallbackOfAnother() {
        var jar = saying("hello", "1.0.0").in(directory);

        var second = await(loader.load(jar).thenApply(first -> await(loader.load(jar))));

        assertThat(second.identity().generation()).isEqualTo(2);
    }

    @Test
    void inspectsWithoutLoading() {
        var description = await(loader.inspect(saying("hello", "1.0.0").in(directory)));

        assertThat(description.id()).isEqualTo("probe");
        assertThat(loader.generations()).isEmpty();
    }

    @Test
    void unloadingAgainChangesNothing() {
        var plugin = load(saying("hello", "1.0.0"));

        unload(plugin);
        unload(plugin);
    }

    @Test
    void listsAGenerationAtEveryMomentOfItsClosing() {
        Path jar = saying("hello", "1.0.0").in(directory);
        var uncollected = new HashSet<ClassLoader>();

        for (int i = 0; i < 50; i++) {
            var plugin = load(jar);
            uncollected.add(plugin.classLoader());

            var closed = loader.unload(plugin);
            while (!closed.isDone()) {
                assertThat(loader.generations()).contains(plugin); // Asked all the time, it gets to every moment.
            }
        }

        assertThat(uncollected).hasSize(50);
    }

    @Test
    void closingUnloadsEverything() {
        var first = load(saying("hello", "1.0.0"));
        first.activate();

        loader.close();
        loader.close();

        assertThat(first.state()).isIn(GenerationState.CLOSED, GenerationState.COLLECTED);
    }

    private static PluginJar saying(String text, String version) {
        return PluginJar.of("probe", version)
                .factory(PluginSource.of("acme.Probe").applying("""
                        return input.isEmpty() ? "%s" : Class.forName("acme." + input).getConstructor().newInstance().toString();
                        """.formatted(text)))
                .source(
                        "acme.Late",
                        "package acme; public class Late { public String toString() { return \"late\"; } }");
    }
}
