package dev.jarway.samples.bundledlibrary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class BundledLibraryTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @BeforeEach
    void check() {
        gateway.filters("""
                - plugin: bundled-library
                  config: { limit: 1000 }
                """);
    }

    @Test
    void runsOnAnotherJacksonThanTheGateway() {
        var response = gateway.post("/", "{\"a\": 1}");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("x-jackson"))
                .hasValue("2.17.2")
                .isNotEqualTo(Optional.of(PackageVersion.VERSION.toString()));
        assertThat(gateway.upstreamRequests().getFirst().body()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void refusesWhatIsNoJson() {
        var response = gateway.post("/", "{\"a\" 1}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).isEqualTo("no JSON: line 1, column 6\n");
        assertThat(gateway.upstreamRequests()).isEmpty();
    }

    @Test
    void letsRequestsWithoutABodyPass() {
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        var large = "\"" + "x".repeat(1000) + "\"";

        assertThat(gateway.post("/", large).statusCode()).isEqualTo(413);
    }
}
