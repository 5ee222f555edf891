package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A loader over empty folders, and the ways in which these tests use it. */
abstract class LoaderTest {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @TempDir
    Path privateFolder;

    Boundary boundary;
    PluginLoader loader;

    @BeforeEach
    void openLoader() {
        boundary = Boundary.open();
        loader = PluginLoader.open(
                new LoaderOptions(privateFolder, LoaderLimits.DEFAULTS, Duration.ofSeconds(1), Duration.ofSeconds(6)),
                boundary);
    }

    @AfterEach
    void closeLoader() {
        loader.close();
        boundary.close();
    }

    LoadedPlugin load(Path jar) {
        return loader.load(jar).join();
    }

    PluginRefusedException refusal(Path jar) {
        Throwable thrown = catchThrowable(() -> load(jar));
        assertThat(thrown).hasCauseInstanceOf(PluginRefusedException.class);
        return (PluginRefusedException) Objects.requireNonNull(thrown.getCause());
    }

    /** What the static method {@code ask} of the plugin's factory answers, asked as the gateway would ask. */
    Object ask(LoadedPlugin plugin) throws Exception {
        Method ask = plugin.factory().getClass().getMethod("ask");
        return boundary.callApart(
                plugin.identity(), plugin.classLoader(), "ask", Duration.ofSeconds(5), () -> ask.invoke(null));
    }
}
