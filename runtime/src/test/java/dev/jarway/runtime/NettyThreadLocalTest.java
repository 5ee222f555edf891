package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.LoaderOptions;
import dev.jarway.loader.PluginLoader;
import dev.jarway.loader.holder.Holding;
import dev.jarway.loader.jar.JarLimits;
import dev.jarway.loader.testing.PluginJar;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loader knows Netty's thread locals without knowing Netty. */
class NettyThreadLocalTest {
    private static final FastThreadLocal<Object> LOCAL = new FastThreadLocal<>();

    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @TempDir
    Path directory;

    @Test
    void namesAPluginsObjectInAThreadLocalOfNettys() throws Exception {
        var options = new LoaderOptions(
                directory.resolve("private"), JarLimits.DEFAULTS, Duration.ofSeconds(10), Duration.ofSeconds(1));
        try (var loader = PluginLoader.open(options)) {
            LoadedPlugin plugin = loader.load(
                            PluginJar.simple("simple", "1.0.0").in(directory))
                    .get(20, TimeUnit.SECONDS);
            var thread = new FastThreadLocalThread(() -> hold(plugin), "netty-thread");
            thread.start();
            ready.await();
            loader.unload(plugin).get(20, TimeUnit.SECONDS);

            assertThat(loader.collect(plugin).get(20, TimeUnit.SECONDS)).isEqualTo(GenerationState.ZOMBIE);
            assertThat(plugin.leakReport().holders())
                    .filteredOn(holding -> holding.kind().equals("thread-local"))
                    .extracting(Holding::detail)
                    .singleElement()
                    .asString()
                    .startsWith(
                            "of thread 'netty-thread': io.netty.util.internal.InternalThreadLocalMap.indexedVariables");
            release.countDown();
            thread.join();
        }
    }

    private void hold(LoadedPlugin plugin) {
        LOCAL.set(plugin.factory());
        ready.countDown();
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOCAL.remove();
    }
}
