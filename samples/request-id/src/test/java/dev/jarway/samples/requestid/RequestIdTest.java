package dev.jarway.samples.requestid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"7", "0af7651916cd43dd8448eb211c80319c", "1b4e28ba-2fa1-11d2-883f-0016d3cca427", "job_7.retry-2"
            })
    void takesIdsOfLettersDigitsAndAFewMarks(String id) {
        assertThat(RequestId.isWellFormed(List.of(id))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\"b", "<script>", "${jndi:x}", "id\u0000", "ärger"})
    void takesNoIdsThatCouldDoHarmInALog(String id) {
        assertThat(RequestId.isWellFormed(List.of(id))).isFalse();
    }

    @Test
    void takesNoIdThatIsTooLong() {
        assertThat(RequestId.isWellFormed(List.of("a".repeat(64)))).isTrue();
        assertThat(RequestId.isWellFormed(List.of("a".repeat(65)))).isFalse();
    }

    @Test
    void takesOneIdAndNotSeveral() {
        assertThat(RequestId.isWellFormed(List.of())).isFalse();
        assertThat(RequestId.isWellFormed(List.of("a", "b"))).isFalse();
    }
}
