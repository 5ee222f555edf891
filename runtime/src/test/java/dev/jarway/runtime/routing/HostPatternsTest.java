package dev.jarway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostPatternsTest {

    @ParameterizedTest
    @CsvSource({
        "example.com,          example.com",
        "www.example.com,      *.example.com",
        "a.b.example.com,      *.example.com",
        "api.eu.example.com,   api.eu.example.com",
        "x.eu.example.com,     *.eu.example.com",
        "eu.example.com,       *.example.com",
        "x.api.eu.example.com, *.eu.example.com",
        "badexample.com,       *",
        "com,                  *",
        "[::1],                [::1]",
        "127.0.0.1,            *",
        "'',                   *",
        ".,                    *",
        ".example.com,         *",
        "example.com.,         example.com",
        "www.example.com.,     *.example.com",
    })
    void findsTheNarrowestPattern(String host, String expected) {
        var patterns = HostPatterns.of(
                named("example.com", "*.example.com", "*.eu.example.com", "api.eu.example.com", "[::1]", "*"));

        assertThat(patterns.find(host)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"example.com", "localhost", "www.example.org"})
    void findsNothingWhereNothingFits(String host) {
        assertThat(HostPatterns.of(named("*.example.com")).find(host)).isEmpty();
    }

    @Test
    void isEmptyWithoutPatterns() {
        assertThat(HostPatterns.of(Map.of()).find("example.com")).isEmpty();
    }

    @Test
    void patternsMayBeWrittenInAnyCase() {
        var patterns = HostPatterns.of(named("WWW.Example.com", "*.Example.COM"));

        assertThat(patterns.find("www.example.com")).contains("WWW.Example.com");
        assertThat(patterns.find("x.example.com")).contains("*.Example.COM");
    }

    @Test
    void refusesPatternsThatDifferInCaseAlone() {
        assertThatThrownBy(() -> HostPatterns.of(named("a.com", "A.com")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("twice (expected: once)");
    }

    @Test
    void findsEachOfManyHosts() {
        var values = new HashMap<String, Integer>();
        for (int i = 0; i < 5_000; i++) {
            values.put("host" + i + ".example.com", i);
            values.put("*.tenant" + i + ".example.com", 10_000 + i);
        }
        var patterns = HostPatterns.of(values);

        for (int i = 0; i < 5_000; i++) {
            assertThat(patterns.find("host" + i + ".example.com")).contains(i);
            assertThat(patterns.find("a.b.tenant" + i + ".example.com")).contains(10_000 + i);
        }
        assertThat(patterns.find("tenant1.example.com")).isEmpty();
    }

    private static Map<String, String> named(String... patterns) {
        return List.of(patterns).stream().collect(Collectors.toMap(Function.identity(), Function.identity()));
    }
}
