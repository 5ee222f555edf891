package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.io.IOException;
import java.net.http.HttpRequest;
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

    @Test
    void aPluginThatServedOnWithoutItsFileIsCollectedOnceTheConfigurationNeedsItNoMore() throws Exception {
        Path jar = PluginJar.simple("simple", "1.0.0").in(directory);
        String all = GatewayFixture.filters("{ plugin: simple }");

        try (GatewayFixture fixture = GatewayFixture.start(directory.resolve("gateway"), all, jar)) {
            HttpRequest taken = fixture.admin("/v1/plugins/simple/1.0.0?force=true")
                    .DELETE()
                    .build();
            assertThat(fixture.send(taken).statusCode()).isBetween(200, 299);
            assertThat(fixture.status()).contains("simple@1.0.0#1 has no file any more");

            assertThat(fixture.configure("").statusCode()).isEqualTo(200);

            await().atMost(GatewayFixture.PATIENCE)
                    .untilAsserted(
                            () -> assertThat(fixture.gateway().generations()).isEmpty());
        }
    }
}
