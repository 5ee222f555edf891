package dev.jarway.samples.requestid;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.testkit.GatewayExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class RequestIdGatewayTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @Test
    void givesServiceAndClientTheSameNewId() {
        gateway.filters("- plugin: request-id");

        var first = gateway.get("/", "X-Request-Id", "job-7");
        var second = gateway.get("/");

        var ids = gateway.upstreamRequests().stream()
                .map(request -> request.header("x-request-id"))
                .toList();
        assertThat(ids).hasSize(2).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
        assertThat(first.headers().allValues("x-request-id")).containsExactly(ids.getFirst());
        assertThat(second.headers().allValues("x-request-id")).containsExactly(ids.getLast());
    }

    @Test
    void takesTheCallersIdIfItMay() {
        gateway.filters("- { plugin: request-id, config: { acceptCallers: true } }");

        var response = gateway.get("/", "X-Request-Id", "job-7");

        assertThat(response.headers().allValues("x-request-id")).containsExactly("job-7");
        assertThat(gateway.upstreamRequests().getFirst().header("x-request-id")).isEqualTo("job-7");
    }

    @Test
    void takesNoIdThatCouldDoHarm() {
        gateway.filters("- { plugin: request-id, config: { acceptCallers: true } }");

        gateway.get("/", "X-Request-Id", "a b");
        gateway.get("/", "X-Request-Id", "a", "X-Request-Id", "b");

        assertThat(gateway.upstreamRequests())
                .extracting(request -> request.header("x-request-id"))
                .allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void marksWhatTheGatewayAnswersItself() {
        gateway.configure("""
                filters:
                  - plugin: request-id
                routes: []
                """);

        var response = gateway.get("/");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
    }
}
