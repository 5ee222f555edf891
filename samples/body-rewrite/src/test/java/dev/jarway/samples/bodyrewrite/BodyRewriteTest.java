package dev.jarway.samples.bodyrewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.testkit.GatewayExtension;
import dev.jarway.testkit.UpstreamAnswer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on the JAR that the system property {@code plugin.jar} names. */
class BodyRewriteTest {
    @RegisterExtension
    final GatewayExtension gateway = GatewayExtension.with(Path.of(System.getProperty("plugin.jar")));

    @ParameterizedTest
    @ValueSource(strings = {"streaming", "whole"})
    void findsAMatchAcrossThePiecesOfAResponse(String mode) {
        rewrite(mode, "response");
        gateway.upstreamAnswers(request -> UpstreamAnswer.of(200, "a nee", "dle, a n", "e", "edle, a need"));

        assertThat(gateway.get("/").body()).isEqualTo("a pin, a pin, a need");
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming", "whole"})
    void rewritesRequestsToo(String mode) {
        rewrite(mode, "request");

        var response = gateway.post("/", "a needle in a haystack");

        assertThat(gateway.upstreamRequests().getFirst().body()).isEqualTo("a pin in a haystack");
        assertThat(response.body()).isEqualTo("a pin in a haystack");
    }

    @Test
    void rewritesOnlyWhatItIsToldTo() {
        rewrite("streaming", "request");
        gateway.upstreamAnswers(request -> UpstreamAnswer.of(200, "a needle"));

        assertThat(gateway.post("/", "a needle").body()).isEqualTo("a needle");
        assertThat(gateway.upstreamRequests().getFirst().body()).isEqualTo("a pin");
    }

    @Test
    void tellsTheNewLengthOfAWholeBody() {
        rewrite("whole", "both");

        var response = gateway.post("/", "needle");

        assertThat(gateway.upstreamRequests().getFirst().header("content-length"))
                .isEqualTo("3");
        assertThat(response.headers().firstValue("content-length")).hasValue("3");
    }

    @Test
    void leavesTheLengthOfAStreamOpen() {
        rewrite("streaming", "both");

        var response = gateway.post("/", "needle");

        assertThat(response.body()).isEqualTo("pin");
        assertThat(gateway.upstreamRequests().getFirst().header("transfer-encoding"))
                .isEqualTo("chunked");
        assertThat(response.headers().firstValue("content-length")).isEmpty();
    }

    @Test
    void rewritesLargeBodiesInStreaming() {
        rewrite("streaming", "both");
        var hay = "hay needle ".repeat(300_000);

        assertThat(gateway.post("/", hay).body()).isEqualTo(hay.replace("needle", "pin"));
    }

    @Test
    void refusesBodiesThatAreTooLargeToBeCollected() {
        rewrite("whole", "both");
        var large = "x".repeat((1 << 20) + 1);

        assertThat(gateway.post("/", large).statusCode()).isEqualTo(413);
        assertThat(gateway.upstreamRequests()).isEmpty();
        gateway.upstreamAnswers(request -> UpstreamAnswer.of(200, large));
        assertThat(gateway.get("/").statusCode()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming", "whole"})
    void leavesCompressedBodiesAlone(String mode) {
        rewrite(mode, "both");
        gateway.upstreamAnswers(request -> UpstreamAnswer.of(200, "needle").withHeader("content-encoding", "x-test"));

        assertThat(gateway.post("/", "needle", "Content-Encoding", "x-test").body())
                .isEqualTo("needle");
        assertThat(gateway.upstreamRequests().getFirst().body()).isEqualTo("needle");
    }

    private void rewrite(String mode, String on) {
        gateway.filters("""
                - plugin: body-rewrite
                  config: { mode: %s, on: %s, find: needle, replace: pin }
                """.formatted(mode, on));
    }
}
