package dev.jarway.samples.bundledlibrary;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.jarway.plugin.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCheckTest {
    private final JsonCheck check = new JsonCheck();

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1, 2]", "\"text\"", "7", "null", " {\"a\": {\"b\": [true]}} \n"})
    void takesOneValue(String body) {
        assertThat(check.problem(Bytes.utf8(body))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{'a': 1}", "{\"a\": 1,}", "hello", "{} {}", "[1, 2]]"})
    void takesNothingElse(String body) {
        assertThat(check.problem(Bytes.utf8(body))).isPresent();
    }

    @Test
    void saysWhereItStopsBeingJson() {
        assertThat(check.problem(Bytes.utf8("{\"a\": 1,\n \"b\" 2}"))).contains("no JSON: line 2, column 6");
    }

    @Test
    void runsOnTheVersionThatThePomNames() {
        assertThat(PackageVersion.VERSION).hasToString("2.17.2");
    }
}
