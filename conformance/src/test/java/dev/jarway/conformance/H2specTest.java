package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 as h2spec, strictly, finds it. */
class H2specTest {
    private static final int ALL = 146;

    /** Each is explained in docs/internals/conformance.md. */
    private static final List<String> VERTX = List.of(
            "http2/5.1 half closed (remote): Sends a HEADERS frame: failed",
            "http2/5.1 closed: Sends a HEADERS frame: failed",
            "http2/5.1.1 Sends stream identifier that is numerically smaller than previous: failed");

    @TempDir
    Path directory;

    @Test
    void failsInNothingButWhatVertxFailsInToo() throws Exception {
        try (VertxService service = VertxService.start();
                Subject subject = Subject.inFrontOf(service.port(), directory)) {
            List<CaseResult> gateway = H2spec.reportingTo("h2spec").run(subject.port());
            List<CaseResult> vertx = H2spec.reportingTo("h2spec-vertx").run(service.port());

            Tally.of(gateway).write("h2spec");
            Tally.of(vertx).write("h2spec-vertx");
            assertThat(gateway).hasSize(ALL);
            assertThat(vertx).hasSize(ALL);
            assertThat(failed(vertx)).containsExactlyInAnyOrderElementsOf(VERTX);
            assertThat(failed(gateway)).isSubsetOf(VERTX);
        }
    }

    @Test
    void findsFaultWithServerThatDoesNotAnswer() throws Exception {
        try (LoopbackServer server = RudeServer.start()) {
            List<CaseResult> results = H2spec.reportingTo("h2spec-control").run(server.port(), "http2/6.7");

            assertThat(results).hasSize(4).extracting(CaseResult::verdict).containsOnly(H2spec.FAILED);
        }
    }

    private static List<String> failed(List<CaseResult> results) {
        return results.stream()
                .filter(result -> !result.verdict().equals(H2spec.PASSED))
                .map(CaseResult::toString)
                .toList();
    }
}
