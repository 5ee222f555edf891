package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is reported in a JVM that opens none of its parts. The build runs this class in one. */
@Tag("closed-jvm")
final class ClosedJvmTest extends LoaderFixture {
    private static final Pattern PART = Pattern.compile("[a-z.]+/[a-z.]+=ALL-UNNAMED");
    private static final List<String> CLOSED = List.of(
            "notification-listener: needs --add-opens java.management/sun.management=ALL-UNNAMED",
            "shutdown-hook: needs --add-opens java.base/java.lang=ALL-UNNAMED",
            "url-handler: needs --add-opens java.base/java.net=ALL-UNNAMED",
            "thread-local: needs --add-opens java.base/java.lang=ALL-UNNAMED",
            "timer: needs --add-opens java.base/java.lang=ALL-UNNAMED, java.base/java.util=ALL-UNNAMED",
            "task: needs --add-opens java.base/java.lang=ALL-UNNAMED, java.base/java.util.concurrent=ALL-UNNAMED",
            "cleaner: needs --add-opens java.base/java.lang=ALL-UNNAMED, java.base/jdk.internal.ref=ALL-UNNAMED");

    @Override
    Duration collectionLimit() {
        return Duration.ofSeconds(2);
    }

    @Test
    void whereNobodyCouldLookIsSaid() {
        var plugin = load(PluginJar.of("leak", "1.0.0")
                .factory(PluginSource.of("acme.Leak").applying("""
                    javax.management.NotificationListener listener = (notification, handback) -> {};
                    listener.handleNotification(null, null);
                    return "";
                    """)));
        apply(plugin, "");
        Object held = plugin.factory();
        unload(plugin);

        assertThat(await(loader.collect(plugin))).isEqualTo(GenerationState.ZOMBIE);
        assertThat(plugin.leakReport().holders()).isEmpty();
        assertThat(plugin.leakReport().notSearched()).containsExactlyInAnyOrderElementsOf(CLOSED);
        assertThat(held).isNotNull();
    }

    @Test
    void theLauncherOpensAllOfThem() throws IOException {
        List<String> launcher = Files.readAllLines(Path.of("..", "jvm.options"));

        for (String closed : CLOSED) {
            PART.matcher(closed)
                    .results()
                    .forEach(part -> assertThat(launcher).contains("--add-opens=" + part.group()));
        }
    }
}
