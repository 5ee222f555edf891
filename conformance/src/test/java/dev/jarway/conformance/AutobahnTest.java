package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket through the gateway as the Autobahn test suite finds it. */
class AutobahnTest {

    @TempDir
    Path directory;

    @Test
    void passesAllCasesOfAllGroups() throws Exception {
        try (WebSocketEcho service = WebSocketEcho.plain();
                Subject subject = Subject.inFrontOf(service.port(), directory)) {
            List<CaseResult> results = Autobahn.reportingTo("autobahn").run(subject.port(), "*");

            Tally tally = Tally.of(results);
            tally.write("autobahn");
            assertThat(tally.cases())
                    .containsExactly(
                            entry("1", 16),
                            entry("2", 11),
                            entry("3", 7),
                            entry("4", 10),
                            entry("5", 20),
                            entry("6", 145),
                            entry("7", 37),
                            entry("9", 54),
                            entry("10", 1));
            assertThat(results).allMatch(result -> Autobahn.GOOD.contains(result.verdict()));
        }
    }

    @Test
    void findsFaultWithServerThatSendsBackTheVeryBytes() throws Exception {
        try (LoopbackServer server = RudeServer.start()) {
            List<CaseResult> results = Autobahn.reportingTo("autobahn-control").run(server.port(), "2.5", "3.*", "5.9");

            assertThat(results).hasSize(9).noneMatch(result -> Autobahn.GOOD.contains(result.verdict()));
        }
    }
}
