package dev.jarway.samples.headerauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class HeaderAuthTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @BeforeEach
    void guard() {
        gateway.filters("""
                - plugin: header-auth
                  config: { name: user, value: admin }
                """);
    }

    @Test
    void letsRequestsPassThatCarryTheHeader() {
        var response = gateway.post("/", "hello", "User", "admin");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
    }

    @Test
    void refusesTheOthers() {
        assertThat(gateway.get("/").statusCode()).isEqualTo(403);
        assertThat(gateway.get("/", "User", "Admin").statusCode()).isEqualTo(403);
        assertThat(gateway.get("/", "User", "admin", "User", "guest").statusCode())
                .isEqualTo(403);
        assertThat(gateway.upstreamRequests()).isEmpty();
    }
}
