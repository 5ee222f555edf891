package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.holder.Holding;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.lang.management.ManagementFactory;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Logger;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What plugins leave behind: cleaned, or reported. */
final class ZombieTest extends LoaderFixture {

    @Override
    Duration collectionLimit() {
        return Duration.ofSeconds(2);
    }

    @Test
    void aThreadThatRunsOnIsNamed() {
        var plugin = load(leaking("""
            var thread = new Thread(() -> {
                try { Thread.sleep(60_000); } catch (InterruptedException e) {}
            }, "left-running");
            thread.setDaemon(true);
            thread.start();
            return input;
            """));
        apply(plugin, "");
        unload(plugin);

        assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.ZOMBIE);
        assertThat(plugin.leakReport().holders()).anySatisfy(holding -> {
            assertThat(holding.kind()).isEqualTo("thread");
            assertThat(holding.detail()).startsWith("'left-running' (TIMED_WAITING): runs acme.Leak.");
        });
        assertThat(loader.generations()).containsExactly(plugin);

        interrupt("left-running");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.COLLECTED));
        assertThat(loader.generations()).isEmpty();
    }

    @Test
    void aThreadOfAnotherVersionIsNotNamedThoughItsClassIsCalledTheSame() {
        String running = """
            var thread = new Thread(() -> {
                try { Thread.sleep(60_000); } catch (InterruptedException e) {}
            }, "runs-for-" + input);
            // Which the gateway's calls do for it.
            thread.setContextClassLoader(getClass().getClassLoader());
            thread.setDaemon(true);
            thread.start();
            return input;
            """;
        var older = load(leaking(running));
        var newer = load(leaking(running));
        apply(older, "older");
        apply(newer, "newer");
        unload(older);

        assertThat(await(loader.collect(older))).isEqualTo(GenerationState.ZOMBIE);
        assertThat(older.leakReport().holders())
                .extracting(Holding::detail)
                .anyMatch(detail -> detail.startsWith("'runs-for-older'"))
                .noneMatch(detail -> detail.contains("runs-for-newer"));
        interrupt("runs-for-older");
        interrupt("runs-for-newer");
    }

    @Test
    void aThreadThatOnlyHasTheContextClassLoaderIsNamed() throws InterruptedException {
        var plugin = load(leaking("return input;"));
        var release = new CountDownLatch(1);
        var thread = new Thread(() -> awaitQuietly(release), "context-only");
        thread.setContextClassLoader(plugin.classLoader());
        thread.start();
        unload(plugin);

        assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.ZOMBIE);
        assertThat(plugin.leakReport().holders())
                .extracting(Holding::detail)
                .anyMatch(detail -> detail.startsWith("'context-only'") && detail.contains("context class loader"));
        release.countDown();
        thread.join();
    }

    @Test
    void aFinalizerThatDoesNotEndIsNotWaitedForInSilence() {
        System.setProperty("acme.finalizing", "true");
        try {
            var plugin = load(leaking("kept = new Lingering(); return input;"));
            apply(plugin, "");
            unload(plugin);

            assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.ZOMBIE);

            System.clearProperty("acme.finalizing");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.COLLECTED));
        } finally {
            System.clearProperty("acme.finalizing");
        }
    }

    @Test
    void jdbcDriversAreDeregistered() {
        assertCleaned("""
            java.sql.DriverManager.registerDriver((java.sql.Driver) java.lang.reflect.Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {java.sql.Driver.class, Mine.class},
                (proxy, method, arguments) -> method.getName().equals("equals") ? proxy == arguments[0]
                    : method.getName().equals("hashCode") ? 1 : null));
            """, "jdbc-driver", "Proxy");
        assertThat(DriverManager.drivers().map(driver -> driver.getClass().getName()))
                .noneMatch(name -> name.contains("acme"));
    }

    @Test
    void mBeansAreUnregistered() throws Exception {
        assertCleaned("""
            java.lang.management.ManagementFactory.getPlatformMBeanServer()
                .registerMBean(new Bean(), new javax.management.ObjectName("acme:type=Bean"));
            """, "mbean", "acme:type=Bean");
        assertThat(ManagementFactory.getPlatformMBeanServer().isRegistered(new ObjectName("acme:type=Bean")))
                .isFalse();
    }

    @Test
    void logHandlersAreTakenOff() {
        var logger = Logger.getLogger("acme.leak");

        assertCleaned(
                "java.util.logging.Logger.getLogger(\"acme.leak\").addHandler(new Handling());",
                "jul-logger",
                "logger 'acme.leak': handler acme.Leak$Handling");
        assertThat(logger.getHandlers()).isEmpty();
    }

    private void assertCleaned(String statements, String kind, String detail) {
        var plugin = load(leaking(statements + "return input;"));
        apply(plugin, "");
        unload(plugin);

        assertThat(plugin.leakReport().cleaned()).anySatisfy(cleaned -> {
            assertThat(cleaned.kind()).isEqualTo(kind);
            assertThat(cleaned.detail()).contains(detail);
        });
        assertThat(await(loader.collect(plugin)))
                .as(() -> plugin.leakReport().toString())
                .isEqualTo(GenerationState.COLLECTED);
    }

    private static PluginJar leaking(String statements) {
        return PluginJar.of("leak", "1.0.0")
                .factory(PluginSource.of("acme.Leak").applying(statements).with("""
                    interface Mine {}
                    static Object kept;
                    static class Lingering {
                        @Override protected void finalize() throws InterruptedException {
                            while (System.getProperty("acme.finalizing") != null) Thread.sleep(10);
                        }
                    }
                    public interface BeanMBean { int getX(); }
                    public static class Bean implements BeanMBean { public int getX() { return 1; } }
                    static class Handling extends java.util.logging.Handler {
                        public void publish(java.util.logging.LogRecord record) {}
                        public void flush() {}
                        public void close() {}
                    }
                    """));
    }

    // Looked up anew: a reference to the thread would hold the plugin, by the thread's task.
    private static void interrupt(String threadName) {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(threadName))
                .forEach(Thread::interrupt);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
