package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.answering;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.jarway.runtime.host.LogCapture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the access log. */
class AccessLogTest {
    private static final String SPLIT = "{ plugin: probe, versions: { 1.2.0: 0, 1.3.0: 100 } }";

    @TempDir
    Path directory;

    @Test
    void tellsInTextWhatBecameOfARequest() throws Exception {
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway = GatewayFixture.start(directory, filters(""))) {
            gateway.get("/a?b=c");

            assertThat(onlyLine(log))
                    .matches(
                            "127\\.0\\.0\\.1 \\[[^]]+Z] \"GET 127\\.0\\.0\\.1/a\\?b=c HTTP/1\\.1\" 200 0 \\d+ \\d+\\.\\dms all "
                                    + gateway.upstream().url()
                                    + " [0-9a-f]{32}");
        }
    }

    @Test
    void tellsWhichOfSeveralVersionsARequestHasMet() throws Exception {
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway = gateway("accessLog: { format: text }\n")) {
            gateway.get("/");

            assertThat(onlyLine(log)).endsWith(" version=probe@1.3.0");
        }
    }

    @Test
    void tellsTheSameInJson() throws Exception {
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway = gateway("accessLog: { format: json }\n")) {
            gateway.get("/json");

            JsonNode line = new ObjectMapper().readTree(onlyLine(log));
            assertThat(line.path("target").textValue()).isEqualTo("/json");
            assertThat(line.path("route").textValue()).isEqualTo("all");
            assertThat(line.path("status").intValue()).isEqualTo(200);
            assertThat(line.path("completed").booleanValue()).isTrue();
            assertThat(line.path("versions").toString()).isEqualTo("[\"probe@1.3.0\"]");
        }
    }

    @Test
    void countsTheTimeOfASlowUploadForTheClient() throws Exception {
        Duration pause = Duration.ofMillis(400);
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway =
                        GatewayFixture.start(directory, "accessLog: { format: json }\n" + filters(""));
                TricklingUpload upload = TricklingUpload.to(gateway.port())) {
            upload.send("slow");
            await().pollDelay(pause).until(() -> true);
            assertThat(upload.finish()).contains("slow");

            JsonNode line = new ObjectMapper().readTree(onlyLine(log));
            double others = line.path("millis").doubleValue()
                    - line.path("serviceMillis").doubleValue();
            assertThat(others)
                    .isGreaterThan(
                            pause.toMillis() / 2.0); // The first moments of the pause go by before the gateway waits.
        }
    }

    @Test
    void tellsWhatWentWrong() throws Exception {
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway = GatewayFixture.start(directory, filters(""));
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET / HTTP/1.1\r\nhost: h\r\nexpect: more\r\n\r\n");
            client.until("\r\n\r\n");

            assertThat(onlyLine(log))
                    .endsWith(" failure=EXPECTATION_FAILED detail=\"expect (expected: 100-continue)\"");
        }
    }

    private GatewayFixture gateway(String more) throws Exception {
        return GatewayFixture.start(
                directory.resolve("g"),
                more + filters(SPLIT),
                answering("probe", "1.2.0", "old").in(directory),
                answering("probe", "1.3.0", "new").in(directory));
    }

    private static String onlyLine(LogCapture log) {
        await().atMost(PATIENCE).until(() -> !log.messages().isEmpty());
        return log.messages().getFirst();
    }
}
