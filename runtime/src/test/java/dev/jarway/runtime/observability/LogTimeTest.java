package dev.jarway.runtime.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-22T22:53:35Z",
                "2026-11-22T22:53:35.100Z",
                "2026-11-22T22:53:35.007Z",
                "2026-11-22T22:53:35.000001Z",
                "2026-11-22T22:53:35.123456Z",
                "2026-11-22T22:53:35.123456789Z",
                "2026-11-22T22:53:35.000000001Z",
                "2026-11-22T22:53:36.000Z",
                "2026-02-28T23:59:59.999999999Z",
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.500Z"
            })
    void writesATimeAsTheJdkDoes(String text) {
        Instant time = Instant.parse(text);

        assertThat(written(time)).isEqualTo(time.toString());
        assertThat(written(time)).as("of a second that is known").isEqualTo(time.toString());
    }

    private static String written(Instant time) {
        StringBuilder line = new StringBuilder();
        LogTime.append(line, time);
        return line.toString();
    }
}
