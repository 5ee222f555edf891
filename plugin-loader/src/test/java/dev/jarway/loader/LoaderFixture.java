package dev.jarway.loader;

import dev.jarway.loader.jar.JarLimits;
import dev.jarway.loader.jar.PluginRefusedException;
import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A loader, and a folder to put JARs in. */
abstract class LoaderFixture {
    @TempDir
    Path directory;

    PluginLoader loader;

    @BeforeEach
    void openLoader() {
        loader = PluginLoader.open(
                new LoaderOptions(directory.resolve("private"), JarLimits.DEFAULTS, entryLimit(), collectionLimit()));
    }

    @AfterEach
    void closeLoader() {
        loader.close();
    }

    Duration entryLimit() {
        return Duration.ofSeconds(10);
    }

    Duration collectionLimit() {
        return Duration.ofSeconds(20);
    }

    LoadedPlugin load(PluginJar jar) {
        return load(jar.in(directory));
    }

    LoadedPlugin load(Path jar) {
        return await(loader.load(jar));
    }

    void unload(LoadedPlugin plugin) {
        await(loader.unload(plugin));
    }

    PluginRefusedException refusalOf(PluginJar jar) {
        return refusalOf(jar.in(directory));
    }

    PluginRefusedException refusalOf(Path jar) {
        return Assertions.catchThrowableOfType(PluginRefusedException.class, () -> load(jar));
    }

    /** What the plugin's {@code apply} answers. */
    @SuppressWarnings("unchecked")
    static Object apply(LoadedPlugin plugin, String input) {
        return ((Function<String, Object>) plugin.factory()).apply(input);
    }

    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    /** What the private directory holds, other than the store itself and locks. */
    final List<Path> copies() throws IOException {
        try (var all = Files.walk(directory.resolve("private"))) {
            return all.skip(1)
                    .filter(path -> !path.endsWith(".lock"))
                    .filter(path -> !path.getFileName().toString().startsWith("store-"))
                    .toList();
        }
    }
}
