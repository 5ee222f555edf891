package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnloadingTest {
    @TempDir
    Path directory;

    @Test
    void aPluginFromTheFirstLookIsCollectedOnceItsFileIsGone() throws IOException, StartException {
        Path jar = PluginJar.simple("simple", "1.0.0").in(directory);
        String all = GatewayFixture.filters("{ plugin: simple }");

        try (GatewayFixture fixture = GatewayFixture.start(directory.resolve("gateway"), all, jar)) {
            assertThat(fixture.get("/").statusCode()).isEqualTo(200);
            assertThat(fixture.gateway().generations()).hasSize(1);

            assertThat(fixture.configure("").statusCode()).isEqualTo(200);
            Files.delete(fixture.folder().resolve("simple-1.0.0.jar"));

            await().atMost(GatewayFixture.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(fixture.gateway().generations()).isEmpty());
        }
    }
}
