package dev.jarway.runtime.routing;

import static dev.jarway.runtime.routing.RouteSketch.paths;
import static dev.jarway.runtime.routing.RouteSketch.route;
import static dev.jarway.runtime.routing.RouteSketch.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.routing.RouteMatch.Found;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathMatchingTest {

    @ParameterizedTest
    @CsvSource({
        "/,            /",
        "/a/b,         /a/b",
        "/a/,          /a/",
        "/a//b,        /a//b",
        "/**,          /",
        "/**,          /a/b/c",
        "/a/**,        /a",
        "/a/**,        /a/",
        "/a/**,        /a/b",
        "/a/**,        /a//b",
        "/a/b/**,      /a/b/c/d",
        "/{x},         /a",
        "/a/{x}/b,     /a/7/b",
        "/a/{x}/,      /a/7/",
        "/{x}/{y},     /a/b",
        "/{x},         /a%2Fb",
        "/{x},         /a;v=1",
        "/a/{x}/**,    /a/7",
        "/a/{x}/**,    /a/7/",
        "/a/{x}/**,    /a/7/b/c",
        "/{x}/**,      /a",
    })
    void fits(String pattern, String path) {
        assertThat(paths(pattern).match(SampleRequest.get(path))).isEqualTo(new Found<>(pattern));
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b,         /a",
        "/a/b,         /a/b/",
        "/a/,          /a",
        "/a,           /A",
        "/a//b,        /a/b",
        "/a/**,        /",
        "/a/**,        /ab",
        "/a/**,        /A/b",
        "/a/**,        //a/b",
        "/{x},         /",
        "/{x},         /a/",
        "/{x},         /a/b",
        "/a/{x}/b,     /a//b",
        "/a/{x}/b,     /a/7/8/b",
        "/a/{x}/b,     /a/7/b/",
        "/a/{x}/,      /a/7",
        "/a/{x}/**,    /a",
        "/a/{x}/**,    /a/",
        "/a/{x}/**,    /a//b",
        "/{x}/**,      /",
    })
    void doesNotFit(String pattern, String path) {
        assertThat(paths(pattern).match(SampleRequest.get(path))).isEqualTo(new NotFound<>());
    }

    @ParameterizedTest
    @CsvSource({
        "/~user,       /%7Euser",
        "/~user,       /%7euser",
        "/%7Euser,     /~user",
        "/a%2fb,       /a%2Fb",
        "/a%2Fb,       /a%2fb",
        "/%61/{x},     /a/b",
        "/caf%c3%a9/**, /caf%C3%A9/x",
        "/{x}/%62,     /a/b",
        "/100%25,      /100%25",
        "/a%,          /a%",
        "/a%2,         /a%2",
        "/a%zz,        /a%zz",
    })
    void takesDifferentEncodingsOfOnePathForTheSame(String pattern, String path) {
        assertThat(paths(pattern).match(SampleRequest.get(path))).isEqualTo(new Found<>(pattern));
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a%2Fb", "/a b, /a%20b", "/a%2Fb, /a%252Fb", "/a, /%41", "/a%zz, /a%ZZ"})
    void keepsApartWhatOnlyLooksAlike(String pattern, String path) {
        assertThat(paths(pattern).match(SampleRequest.get(path))).isEqualTo(new NotFound<>());
    }

    @ParameterizedTest
    @CsvSource({
        "/v\\d+/.*,           /v12/x",
        "^/users/[a-z]+$,     /users/ann",
        "/a|/b,               /b",
        "/(a|b)/c,            /b/c",
        "/ab?c,               /ac",
        "/files/~.*,          /files/%7Eann",
        ".*\\.php,            /x/index.php",
        "'/[(|]/x|/y',        /y",
        "'/(?x)a # (\n|/b',   /b",
        "'/\\Q(\\E|/b',       /b",
        "/a\\.b/.+,           /a.b/c",
        "/ab{0}c,             /ac",
    })
    void fitsRegexes(String regex, String path) {
        var table = table(route("regex").regex(regex));

        assertThat(table.match(SampleRequest.get(path))).isEqualTo(new Found<>("regex"));
    }

    @ParameterizedTest
    @CsvSource({"/v\\d+, /v1/x", "/users/[a-z]+, /users/7", "/a|/b, /c", "/a\\.b, /acb"})
    void regexesMatchThePathAsAWhole(String regex, String path) {
        var table = table(route("regex").regex(regex));

        assertThat(table.match(SampleRequest.get(path))).isEqualTo(new NotFound<>());
    }

    @Test
    void aRouteWithoutAPathIsForEveryPath() {
        var table = table(route("all"));

        assertThat(table.match(SampleRequest.get("/a/b"))).isEqualTo(new Found<>("all"));
        assertThat(table.match(SampleRequest.get("*"))).isEqualTo(new Found<>("all"));
    }

    @Test
    void theAsteriskIsNoSegment() {
        assertThat(paths("/{x}").match(SampleRequest.get("*"))).isEqualTo(new NotFound<>());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "/a/**/b"})
    void refusesPathsItCannotServe(String path) {
        assertThatThrownBy(() -> paths(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("path: " + path + " (expected: ");
    }
}
