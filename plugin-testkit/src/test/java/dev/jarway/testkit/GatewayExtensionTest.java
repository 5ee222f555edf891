package dev.jarway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class GatewayExtensionTest {
    @TempDir
    static Path directory;

    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(tagging("1.0.0"));

    @Test
    void sendsRequestsThroughTheFiltersToTheService() {
        gateway.filters("- plugin: tag");

        var response = gateway.post("/a?b=c", "hello", "X-One", "1");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hello");
        assertThat(gateway.upstreamRequests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/a?b=c");
            assertThat(request.body()).isEqualTo("hello");
            assertThat(request.header("x-one")).isEqualTo("1");
            assertThat(request.header("X-Tag")).isEqualTo("1.0.0");
        });
    }

    @Test
    void letsTheServiceAnswerWhatTheTestSays() {
        gateway.upstreamAnswers(
                request -> UpstreamAnswer.of(404, "no", " such", " thing").withHeader("x-two", "2"));

        var response = gateway.get("/");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).isEqualTo("no such thing");
        assertThat(response.headers().firstValue("x-two")).hasValue("2");
    }

    @Test
    void servesWithoutPluginsToo() {
        assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        assertThat(gateway.upstreamRequests().getFirst().header("x-tag")).isEmpty();
    }

    @Test
    void takesWholeDocuments() {
        gateway.configure("""
                filters:
                  - plugin: tag
                services:
                  - { name: main, endpoints: [{ url: "${env:UPSTREAM}" }] }
                routes:
                  - { name: one, match: { path: /one, hosts: [www.test.com] }, service: main }
                """);

        assertThat(gateway.get("/one", "Host", "www.test.com").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/one").statusCode()).isEqualTo(404);
        assertThat(gateway.get("/two", "Host", "www.test.com").statusCode()).isEqualTo(404);
    }

    @Test
    void failsWithAllThatIsWrongWithTheConfiguration() {
        gateway.filters("- plugin: tag");

        assertThatThrownBy(() -> gateway.filters("""
                - { plugin: tag, timeout: soon }
                - { plugin: tag, name: other, onFailure: never }
                """))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("/routes/0/filters/0/timeout")
                .hasMessageContaining("/routes/0/filters/1/onFailure");
        gateway.get("/");
        assertThat(gateway.upstreamRequests().getFirst().header("x-tag")).isEqualTo("1.0.0");
    }

    @Test
    void failsWhenAPluginIsMissing() {
        assertThatThrownBy(() -> gateway.filters("- plugin: tagg"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("tagg");
    }

    @Test
    void replacesAPlugin() throws IOException {
        gateway.filters("- plugin: tag");
        gateway.get("/");

        gateway.replacePlugin(tagging("2.0.0"));

        gateway.get("/");
        assertThat(gateway.upstreamRequests())
                .extracting(request -> request.header("x-tag"))
                .containsExactly("1.0.0", "2.0.0");
    }

    @Test
    void failsWhenTheNewPluginIsRefused() {
        var broken = PluginJar.of("tag", "2.0.0").in(directory);

        assertThatThrownBy(() -> gateway.replacePlugin(broken))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("META-INF/services/dev.jarway.plugin.PluginFactory");
    }

    @Test
    void sendsAnyRequest() {
        var request = gateway.request("/x", "Accept", "text/plain").method("PATCH", BodyPublishers.ofString("p"));

        assertThat(gateway.send(request.build()).body()).isEqualTo("p");
        assertThat(gateway.upstreamRequests().getFirst().method()).isEqualTo("PATCH");
    }

    @Test
    void saysWhereItIsRegisteredWrongly() {
        var alone = GatewayExtension.with();

        assertThatThrownBy(alone::url).hasMessageContaining("@RegisterExtension");
    }

    private static Path tagging(String version) {
        return PluginJar.of("tag", version)
                .factory(PluginSource.of("acme.Tag").creating("""
                        return exchange -> new Filter() {
                            @Override public Action onRequestHeaders(Request request) {
                                request.headers().set("x-tag", context.plugin().version());
                                return Action.proceed();
                            }
                        };
                        """))
                .in(directory);
    }
}
