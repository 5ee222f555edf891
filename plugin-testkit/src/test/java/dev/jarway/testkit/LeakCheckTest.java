package dev.jarway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeakCheckTest {
    private static final String THREAD = "acme-leak";

    @TempDir
    Path directory;

    @Test
    void passesWhenAllIsCollected() throws Exception {
        var gateway = GatewayExtension.with(PluginJar.of("clean", "1.0.0")
                .factory(PluginSource.of("acme.Clean"))
                .in(directory));
        use(gateway, "clean");

        assertThatCode(gateway::stop).doesNotThrowAnyException();
    }

    @Test
    void namesThePluginThatStaysAndWhatHoldsIt() throws Exception {
        var gateway = GatewayExtension.with(leaking()).collectedWithin(Duration.ofSeconds(2));
        use(gateway, "leak");

        try {
            assertThatThrownBy(gateway::stop)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("plugin leak@1.0.0#1 is closed but not collected after 2 s")
                    .hasMessageContaining(THREAD);
        } finally {
            endTheThread();
        }
    }

    @Test
    void findsAReplacedPluginToo() throws Exception {
        var gateway = GatewayExtension.with(leaking()).collectedWithin(Duration.ofSeconds(2));
        use(gateway, "leak");
        gateway.replacePlugin(PluginJar.of("leak", "1.0.1")
                .factory(PluginSource.of("acme.Tight"))
                .in(directory));

        try {
            assertThatThrownBy(gateway::stop)
                    .hasMessageContaining("leak@1.0.0#1")
                    .hasMessageNotContaining("leak@1.0.1");
        } finally {
            endTheThread();
        }
    }

    @Test
    void canBeSwitchedOffWithAReason() throws Exception {
        var gateway = GatewayExtension.with(leaking()).withoutLeakCheck("its thread is ended by the test");
        use(gateway, "leak");

        try {
            assertThatCode(gateway::stop).doesNotThrowAnyException();
        } finally {
            endTheThread();
        }
    }

    @Test
    void isNotSwitchedOffWithoutAReason() {
        assertThatThrownBy(() -> GatewayExtension.with().withoutLeakCheck(" "))
                .hasMessage("reason: empty (expected: why the plugin may stay)");
    }

    private static void use(GatewayExtension gateway, String plugin) throws Exception {
        gateway.start();
        gateway.filters("- plugin: " + plugin);
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
    }

    private Path leaking() {
        return PluginJar.of("leak", "1.0.0")
                .factory(PluginSource.of("acme.Leak").creating("""
                        var thread = new Thread(() -> {
                            while (true) {
                                try {
                                    Thread.sleep(1_000_000);
                                } catch (InterruptedException e) {
                                    if (Thread.currentThread().getName().equals("end")) return;
                                }
                            }
                        }, "%s");
                        thread.setDaemon(true);
                        thread.start();
                        return exchange -> new Filter() {};
                        """.formatted(THREAD)))
                .in(directory);
    }

    // The loader interrupts what a plugin leaves running; this one ends only by another name.
    private static void endTheThread() {
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .forEach(thread -> {
                    thread.setName("end");
                    thread.interrupt();
                });
    }
}
