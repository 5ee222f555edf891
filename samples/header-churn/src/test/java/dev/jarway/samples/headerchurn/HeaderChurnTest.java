package dev.jarway.samples.headerchurn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class HeaderChurnTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @Test
    void leavesNoHeaderBehind() {
        gateway.filters("- plugin: header-churn");

        var response = gateway.get("/", "X-Kept", "yes", "X-Churn-0", "from the client");

        assertThat(response.statusCode()).isEqualTo(200);
        var request = gateway.upstreamRequests().getFirst();
        assertThat(request.header("x-kept")).isEqualTo("yes");
        assertThat(request.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-churn"));
    }
}
