package dev.jarway.samples.mockresponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class MockResponseTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @Test
    void answersInPlaceOfTheService() {
        gateway.filters("""
                - plugin: mock-response
                  config: { content: hello, status: 203 }
                """);

        var response = gateway.get("/");

        assertThat(response.statusCode()).isEqualTo(203);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(gateway.upstreamRequests()).isEmpty();
    }

    @Test
    void answersSomeRoutesAndHostsOtherwise() {
        gateway.configure("""
                routes:
                  - { name: foo, match: { path: /foo }, service: upstream }
                  - { name: bar, match: { path: /bar }, service: upstream }
                filters:
                  - plugin: mock-response
                    config: { content: hello, status: 200 }
                    rules:
                      - { match: { routes: [foo] }, config: { content: hello foo, status: 200 } }
                      - { match: { routes: [bar] }, config: { content: hello bar, status: 200 } }
                      - match: { hosts: ["*.example.com", www.test.com] }
                        config: { content: hello world, status: 200 }
                """);

        assertThat(gateway.get("/").body()).isEqualTo("hello");
        assertThat(gateway.get("/foo").body()).isEqualTo("hello foo");
        assertThat(gateway.get("/bar").body()).isEqualTo("hello bar");
        assertThat(gateway.get("/", "Host", "www.test.com").body()).isEqualTo("hello world");
        assertThat(gateway.get("/", "Host", "a.example.com").body()).isEqualTo("hello world");
        assertThat(gateway.get("/", "Host", "example.com").body()).isEqualTo("hello");
        assertThat(gateway.get("/foo", "Host", "www.test.com").body()).isEqualTo("hello foo");
    }

    @Test
    void answersNothingWhereNoRuleMatchesAndThereIsNoConfig() {
        gateway.filters("""
                - plugin: mock-response
                  rules:
                    - { match: { hosts: [www.test.com] }, config: { content: hello world, status: 200 } }
                """);

        assertThat(gateway.get("/", "Host", "www.test.com").body()).isEqualTo("hello world");
        assertThat(gateway.upstreamRequests()).isEmpty();
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        assertThat(gateway.upstreamRequests()).hasSize(1);
    }

    @Test
    void answersTheNextRequestByTheNextConfiguration() {
        gateway.filters("- { plugin: mock-response, config: { content: one, status: 200 } }");
        assertThat(gateway.get("/").body()).isEqualTo("one");

        gateway.filters("- { plugin: mock-response, config: { content: two, status: 200 } }");

        assertThat(gateway.get("/").body()).isEqualTo("two");
    }

    @Test
    void refusesAConfigurationThatBreaksItsSchema() {
        assertThatThrownBy(() -> gateway.filters("""
                - plugin: mock-response
                  config: { content: "", status: 99, colour: red }
                """))
                .hasMessageContaining("/routes/0/filters/0/config/content")
                .hasMessageContaining("/routes/0/filters/0/config/status")
                .hasMessageContaining("/routes/0/filters/0/config/colour");
    }
}
