package dev.jarway.samples.ipallow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class IpAllowTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @Test
    void letsPassWhoIsAllowed() {
        rule("{ allow: [192.0.2.0/24, 127.0.0.0/8] }");

        assertThat(gateway.post("/", "hello").body()).isEqualTo("hello");
    }

    @Test
    void refusesTheOthers() {
        rule("{ allow: [192.0.2.0/24, '2001:db8::/32'] }");

        var response = gateway.get("/");

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).isEqualTo("forbidden\n");
        assertThat(gateway.upstreamRequests()).isEmpty();
    }

    @Test
    void refusesWhoIsDenied() {
        rule("{ allow: [127.0.0.0/8], deny: [127.0.0.1] }");

        assertThat(gateway.get("/").statusCode()).isEqualTo(403);
    }

    @Test
    void goesByTheClientThatATrustedProxySpeaksFor() {
        gateway.configure("""
                listeners:
                  - { name: web, host: 127.0.0.1, port: 0, forwarded: { trust: [127.0.0.1] } }
                filters:
                  - { plugin: ip-allow, config: { allow: ['2001:db8::/32'] } }
                """);

        assertThat(gateway.get("/", "X-Forwarded-For", "2001:db8::7").statusCode())
                .isEqualTo(200);
        assertThat(gateway.get("/", "X-Forwarded-For", "2001:db9::7").statusCode())
                .isEqualTo(403);
    }

    @Test
    void isRefusedWithWhatIsNoNetworkAndSaysWhere() {
        assertThatThrownBy(() -> rule("{ deny: [10.0.0.1, 10.0.0.0/33] }"))
                .hasMessageContaining("deny[1]: '10.0.0.0/33' (expected: /0 to /32)");
        assertThatThrownBy(() -> rule("{ allow: [example.com] }"))
                .hasMessageContaining("allow[0]: 'example.com' (expected: an address, or a network");
    }

    @Test
    void isRefusedWithoutAnyAddress() {
        assertThatThrownBy(() -> rule("{}")).hasMessageContaining("allow, deny: both empty");
    }

    private void rule(String config) {
        gateway.filters("- plugin: ip-allow\n  config: " + config);
    }
}
