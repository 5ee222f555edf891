package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plugin replaced again and again while requests come at a steady rate. {@code -Dswaps=200} makes it long. */
class SwapUnderLoadTest {
    private static final Logger log = LoggerFactory.getLogger(SwapUnderLoadTest.class);
    private static final int SWAPS = Integer.getInteger("swaps", 15);
    private static final int PER_SECOND = 500;

    @TempDir
    Path directory;

    @Test
    void failsNoRequestWhileAPluginIsReplaced() throws Exception {
        Path first = answering("probe", "1.0.0", "v0").in(directory);
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), filters("{ plugin: probe }"), first)) {
            try (SteadyLoad load = SteadyLoad.on(gateway.port(), PER_SECOND)) {
                for (int swap = 1; swap <= SWAPS; swap++) {
                    String answer = "v" + swap;
                    replace(gateway.folder(), answering("probe", "1.0." + swap, answer));
                    await().atMost(PATIENCE).until(() -> gateway.get("/").body().equals(answer));
                }
                load.stop();

                log.info(
                        "{} swaps, {} requests, {} failed",
                        SWAPS,
                        load.answered(),
                        load.failures().size());
                assertThat(load.failures()).isEmpty();
                assertThat(load.answered()).isGreaterThan(PER_SECOND);
            }
        }
    }

    private static void replace(Path folder, PluginJar jar) throws IOException {
        Path hidden = jar.at(folder.resolve(".next"));
        Files.move(hidden, folder.resolve("probe.jar"), StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(folder.resolve("probe-1.0.0.jar"));
    }
}
