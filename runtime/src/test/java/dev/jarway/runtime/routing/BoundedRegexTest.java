package dev.jarway.runtime.routing;

import static dev.jarway.runtime.routing.RouteSketch.route;
import static dev.jarway.runtime.routing.RouteSketch.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.routing.RouteMatch.Found;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedRegexTest {

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a*)*b", "(.*)*b", "a*a*a*a*a*a*b", "(\\w+\\s?)*b"})
    void givesUpOnExpressionsThatBacktrackForever(String regex) {
        var nasty = new BoundedRegex(regex);

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(() -> nasty.matches("a".repeat(2_000) + "!"))
                        .isInstanceOf(UndecidedException.class));
    }

    @Test
    void givesUpWhereTheStackEnds() {
        var deep = new BoundedRegex("(a|b)*");

        assertThatThrownBy(() -> deep.matches("ab".repeat(500_000))).isInstanceOf(UndecidedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "'/[^/]+/.*\\.(png|jpg|gif)',                  /images/, .png",
        "'/api/v[0-9]+/(users|orders)/.*',             /api/v1/users/, ''",
        "'.*/admin/.*',                                /, /admin/x",
        "'(?:/[a-z]+)+',                               /, a",
    })
    void hasStepsEnoughForLongTextsAndSensibleExpressions(String regex, String begin, String end) {
        assertThat(new BoundedRegex(regex).matches(begin + "a".repeat(2_000) + end))
                .isTrue();
    }

    @Test
    void aRequestThatCannotBeDecidedTakesNoRoute() {
        var table =
                table(route("guarded").regex("/a*a*a*a*a*a*b"), route("open").path("/**"));

        assertThat(table.match(SampleRequest.get("/" + "a".repeat(100)))).isEqualTo(new NotFound<>());
        assertThat(table.match(SampleRequest.get("/aaa"))).isEqualTo(new Found<>("open"));
        assertThat(table.match(SampleRequest.get("/aab"))).isEqualTo(new Found<>("guarded"));
    }

    @Test
    void headersAreBoundedToo() {
        var table = table(
                route("guarded").path("/a").header("x", "~a*a*a*a*a*a*b"),
                route("open").path("/**"));

        assertThat(table.match(SampleRequest.get("/a").withHeader("x", "a".repeat(100))))
                .isEqualTo(new NotFound<>());
    }

    @Test
    void anotherBeginningKeepsARequestFromTheExpression() {
        var table = table(
                route("guarded").regex("/slow/a*a*a*a*a*a*b"), route("open").path("/**"));

        assertThat(table.match(SampleRequest.get("/fast/" + "a".repeat(100)))).isEqualTo(new Found<>("open"));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b,            /a/b",
        "^/a/b$,          /a/b",
        "/a/.*,           /a/",
        "/a+,             /",
        "/ab?,            /a",
        "'/ab{2}',        /a",
        "/ab*,            /a",
        "/a\\.b\\d,       /a.b",
        "/a\\.?b,         /a",
        "/a(b|c),         /a",
        "/a|/b,           ''",
        "/(a)|(b),        ''",
        "'/[|]',          ''",
        "'/\\Qa|b\\E',    ''",
        "/a\\|b,          /a|b",
        "/a\\Qb\\E,       /a",
        "(?i)/a,          ''",
        "/a(?i)b,         /a",
        ".*,              ''",
    })
    void knowsWithWhatEveryMatchBegins(String regex, String prefix) {
        assertThat(LiteralPrefix.of(regex)).isEqualTo(prefix);
    }
}
