package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LifecycleTest extends LoaderTest {

    @Test
    void collectsTheClassesOfAPluginThatWasUnloaded() {
        LoadedPlugin plugin = load(quiet("1.0.0"));
        assertThat(plugin.state()).isEqualTo(GenerationState.LOADED);

        loader.unload(plugin).join();

        awaitState(plugin, GenerationState.COLLECTED);
        assertThatThrownBy(plugin::factory).hasMessage("plugin " + plugin.identity() + " is closed");
    }

    @Test
    void collectsAHundredGenerationsAndHoldsNoFile() throws IOException {
        List<LoadedPlugin> plugins = new ArrayList<>();
        loader.unload(load(quiet("0.0.1"))).join();
        long filesBefore = openFiles();

        for (int i = 0; i < 100; i++) {
            LoadedPlugin plugin = load(quiet("1.0." + i));
            plugins.add(plugin);
            loader.unload(plugin).join();
        }

        plugins.forEach(plugin -> awaitState(plugin, GenerationState.COLLECTED));
        assertThat(openFiles()).isLessThanOrEqualTo(filesBefore + 2);
        try (Stream<Path> left = Files.list(privateFolder)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void namesTheThreadThatKeepsAPluginAlive() throws Exception {
        LoadedPlugin plugin = load(PluginJar.of("leaky", "1.0.0")
                .factory(Factories.answering("Leaky", "start()").replace("public record Config", """
                                static Object start() {
                                    Thread thread = new Thread(() -> {
                                        while (!Boolean.getBoolean("leaky.stop")) {
                                            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
                                        }
                                    }, "left-behind");
                                    thread.setDaemon(true);
                                    thread.start();
                                    return null;
                                }
                                public record Config"""))
                .writeTo(folder.resolve("leaky.jar")));
        ask(plugin);

        loader.unload(plugin).join();

        awaitState(plugin, GenerationState.ZOMBIE);
        assertThat(plugin.leakReport().orElseThrow().holders())
                .anyMatch(holder -> holder.startsWith("thread 'left-behind'") && holder.contains("Leaky"));
        System.setProperty("leaky.stop", "true");
    }

    @Test
    void deregistersJdbcDriversAndManagementBeans() throws Exception {
        LoadedPlugin plugin = load(PluginJar.of("leaky", "1.0.0")
                .factory(Factories.answering("Leaky", "register()").replace("public record Config", """
                                public interface ThingMBean {}
                                public static class Thing implements ThingMBean {}
                                static Object register() throws Exception {
                                    java.sql.Driver driver = (java.sql.Driver) java.lang.reflect.Proxy.newProxyInstance(
                                            Leaky.class.getClassLoader(),
                                            new Class<?>[] {java.sql.Driver.class},
                                            (proxy, method, arguments) -> switch (method.getName()) {
                                                case "hashCode" -> 1;
                                                case "equals" -> proxy == arguments[0];
                                                default -> null;
                                            });
                                    java.sql.DriverManager.registerDriver(driver);
                                    java.lang.management.ManagementFactory.getPlatformMBeanServer()
                                            .registerMBean(new Thing(), new javax.management.ObjectName("leaky:type=Thing"));
                                    return null;
                                }
                                public record Config"""))
                .writeTo(folder.resolve("leaky.jar")));
        long driversBefore = DriverManager.drivers().count();
        ask(plugin);

        loader.unload(plugin).join();

        awaitState(plugin, GenerationState.COLLECTED);
        assertThat(DriverManager.drivers().count()).isEqualTo(driversBefore);
    }

    @Test
    void holdsNothingOfTheFileThatItWasGiven() throws Exception {
        Path file = quiet("1.0.0");
        LoadedPlugin plugin = load(file);

        Files.write(file, new byte[] {1, 2, 3});
        Files.delete(file);

        assertThat(ask(plugin)).isEqualTo("1.0.0");
    }

    @Test
    void givesADependentTheNewestVersionInRange() throws Exception {
        for (String version : List.of("1.0.0", "1.10.0", "1.9.0", "2.0.0")) {
            load(base(version).writeTo(folder.resolve("base-" + version + ".jar")));
        }
        LoadedPlugin user = load(PluginJar.of("user", "1.0.0")
                .attribute("Plugin-Dependencies", "base@>=1.0.0 & <2.0.0, absent?@>=1.0.0")
                .factory(
                        Factories.answering("User", "base.Shared.VERSION.toString()"), folder.resolve("base-1.0.0.jar"))
                .writeTo(folder.resolve("user.jar")));

        assertThat(ask(user)).isEqualTo("1.10.0");
    }

    private static PluginJar base(String version) {
        return PluginJar.of("base", version)
                .source("package base; public class Shared { public static final Object VERSION = \"" + version
                        + "\"; }")
                .factory(Factories.answering("Base", "null"));
    }

    private Path quiet(String version) {
        return PluginJar.of("quiet", version)
                .text("version.txt", version)
                .factory(Factories.answering(
                        "Quiet", "new String(Quiet.class.getResource(\"/version.txt\").openStream().readAllBytes())"))
                .writeTo(folder.resolve("quiet.jar"));
    }

    private static void awaitState(LoadedPlugin plugin, GenerationState state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(plugin.state())
                        .as(() -> plugin + " " + plugin.leakReport())
                        .isEqualTo(state));
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
