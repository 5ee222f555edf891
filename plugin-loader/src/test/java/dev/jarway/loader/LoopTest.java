package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.loader.guard.LoopCut;
import dev.jarway.loader.jar.PluginRefusedException.Reason;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endless loops in plugins, wherever they are, come to an end. */
final class LoopTest extends LoaderFixture {
    private static final Duration LIMIT = Duration.ofMillis(100);

    // Short, since each of these tests waits for it; only here, since a busy machine may hold up a plugin that does
    // nothing.
    @Override
    Duration entryLimit() {
        return Duration.ofMillis(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) {}",
                "for (long i = 0; ; i++) { if (i < 0) return i; }",
                "int i = 0; do { i++; } while (i != -1 || i == -1 && i++ == i);  return i;",
                "while (true) { try { hash(); } catch (Throwable e) {} }",
                "while (true) { try { if (hash() != 0) continue; } catch (Throwable e) { hash(); } finally { hash(); } }",
                "while (true) { synchronized (this) { while (true) { hash(); } } }",
                "while (true) { switch (hash()) { case 1: continue; case 2: return 2; default: hash(); } }",
                "while (true) { try { Thread.sleep(1000); } catch (InterruptedException e) {} }",
                "while (true) { try { while (true) { hash(); } } catch (Throwable e) { hash(); } }",
                "while (true) { new Random().ints(1000).forEach(i -> { while (true) {} }); }",
                "acme.lib.Spinner.spin(); return 1;"
            })
    void cutsALoopOnAnEventLoop(String statements) {
        var plugin = load(looping(statements));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();

        try (var crossing = loader.boundary().crossing()) {
            crossing.enter(plugin, LIMIT.toNanos());
            var thrown = catchThrowable(() -> apply(plugin, ""));

            assertThat(crossing.exit()).isTrue();
            assertThat(thrown).isInstanceOf(LoopCut.class);
            assertThat(crossing.cutStack()).isNotEmpty();
        }
        assertThat(thread.isInterrupted()).isFalse();
        assertThat(thread.getContextClassLoader()).isSameAs(before);
    }

    @Test
    void cutsALoopOnAVirtualThread() {
        var plugin = load(looping("while (true) { try { hash(); } catch (Throwable e) {} }"));
        var cut = new CompletableFuture<Boolean>();

        Thread.startVirtualThread(() -> {
            try (var crossing = loader.boundary().crossing()) {
                crossing.enter(plugin, LIMIT.toNanos());
                var thrown = catchThrowable(() -> apply(plugin, ""));
                cut.complete(crossing.exit() && thrown instanceof LoopCut);
            }
        });

        assertThat(await(cut)).isTrue();
    }

    @Test
    void cutsALoopOnAThreadOfItsOwn() {
        var plugin = load(looping("while (true) { hash(); }"));

        assertThatThrownBy(() -> loader.boundary().call(plugin, "create", LIMIT, () -> apply(plugin, "")))
                .isInstanceOf(PluginFault.class)
                .hasMessage("plugin probe@1.0.0#1 took longer than 100 ms in create and was cut off")
                .hasStackTraceContaining("acme.Probe.");
    }

    @Test
    void otherThreadsLoopOnMeanwhile() {
        var plugin = load(looping("""
                long sum = 0;
                for (long end = System.nanoTime() + 500_000_000L; System.nanoTime() < end; ) sum += hash();
                return "done";
                """));
        var other = CompletableFuture.supplyAsync(() -> apply(plugin, ""));

        cutsALoopOnAnEventLoop("while (true) {}");

        assertThat(await(other)).isEqualTo("done");
    }

    @Test
    void aThreadThatWasCutMayLoopAgain() {
        var plugin = load(looping("for (int i = 0; i < 100_000; i++) hash(); return \"done\";"));

        cutsALoopOnAnEventLoop("while (true) {}");

        assertThat(apply(plugin, "")).isEqualTo("done");
    }

    @Test
    void refusesAFactoryThatLoopsInItsConstructor() {
        var refusal = refusalOf(PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe").constructing("while (true) {}")));

        assertThat(refusal.reason()).isEqualTo(Reason.FACTORY_FAILED);
        assertThat(refusal)
                .hasMessageContaining("took longer than 500 ms in factory acme.Probe and was cut off")
                .hasStackTraceContaining("acme.Probe.<init>");
    }

    @Test
    void refusesAFactoryThatLoopsInItsInitialiser() {
        var refusal = refusalOf(PluginJar.of("probe", "1.0.0")
                .factory(PluginSource.of("acme.Probe")
                        .with("static int i; static { while (true) { try { i++; } catch (Throwable e) {} } }"
                                .replace("while (true)", "while (i >= 0)"))));

        assertThat(refusal.reason()).isEqualTo(Reason.FACTORY_FAILED);
        assertThat(refusal).hasMessageContaining("took longer than 500 ms");
    }

    @Test
    void afterALoopTheLoaderGoesOn() {
        refusesAFactoryThatLoopsInItsConstructor();

        assertThat(load(PluginJar.simple("probe", "1.0.0")).identity()).hasToString("probe@1.0.0#2");
    }

    private PluginJar looping(String statements) {
        Path library =
                PluginJar.plain("library.jar").source("acme.lib.Spinner", """
                        package acme.lib;
                        public class Spinner { public static void spin() { while (true) {} } }""").in(directory);
        return PluginJar.of("probe", "1.0.0")
                .library(library)
                .factory(PluginSource.of("acme.Probe")
                        .with("static int hash() { return Integer.hashCode(42); }")
                        .applying(statements));
    }
}
