package dev.jarway.runtime.routing;

import static dev.jarway.runtime.routing.RouteSketch.paths;
import static dev.jarway.runtime.routing.RouteSketch.route;
import static dev.jarway.runtime.routing.RouteSketch.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.routing.RouteMatch.Found;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrecedenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /a/b        | /a/b     | /a/{x}  /{x}/b  /a/b
                    /a/{x}      | /a/b     | /{x}/b  /a/{x}  /a/**
                    /{x}/b      | /a/b     | /{x}/{y}  /{x}/b  /**
                    /{x}/b      | /a/b     | /a/c  /a/{x}/c  /{x}/b
                    /{x}/{y}    | /a/b     | /a/b/**  /{x}/{y}
                    /a/**       | /a/b/c   | /**  /a/**  /a/x/**
                    /a/b/**     | /a/b/c   | /a/**  /a/b/**  /a/{x}/**
                    /a/{x}/**   | /a/b/c   | /{x}/b/**  /a/{x}/**
                    /a/{x}/c/** | /a/b/c/d | /a/b/**  /a/{x}/c/**
                    /{x}/b/c/** | /a/b/c   | /a/b/**  /{x}/b/c/**  /{x}/{y}/**
                    /a/**       | /a       | /{x}/**  /a/**  /**
                    /**         | /b       | /a/**  /**
                    """)
    void takesTheMostSpecificPath(String expected, String path, String routes) {
        var given = routes.split(" +");

        assertThat(paths(given).match(SampleRequest.get(path))).isEqualTo(new Found<>(expected));
    }

    @Test
    void goesBackWhereTextLedNowhere() {
        var table = paths("/a/b/c/x", "/a/b/{z}/y", "/a/{y}/c/z", "/{x}/b/c/{w}/{v}", "/{x}/{y}/c/d");

        assertThat(table.match(SampleRequest.get("/a/b/c/y"))).isEqualTo(new Found<>("/a/b/{z}/y"));
        assertThat(table.match(SampleRequest.get("/a/b/c/z"))).isEqualTo(new Found<>("/a/{y}/c/z"));
        assertThat(table.match(SampleRequest.get("/a/b/c/d"))).isEqualTo(new Found<>("/{x}/{y}/c/d"));
        assertThat(table.match(SampleRequest.get("/a/b/c/d/e"))).isEqualTo(new Found<>("/{x}/b/c/{w}/{v}"));
    }

    @Test
    void goesBackFromAPathWhoseConditionsDoNotHold() {
        var table = table(
                route("exact").path("/a/b").header("x-env", "prod"),
                route("template").path("/a/{x}").query("debug", "*"),
                route("regex").regex("/a/.*").methods("POST"),
                route("prefix").path("/a/b/**").header("x-env", "prod"),
                route("all").path("/**"));

        assertThat(table.match(SampleRequest.get("/a/b"))).isEqualTo(new Found<>("all"));
        assertThat(table.match(SampleRequest.get("/a/b").withQuery("debug", "")))
                .isEqualTo(new Found<>("template"));
    }

    @Test
    void regexesComeAfterTemplatesAndBeforePrefixes() {
        var table = table(
                route("prefix").path("/a/b/**"),
                route("regex").regex("/a/.*"),
                route("template").path("/{x}/b"));

        assertThat(table.match(SampleRequest.get("/a/b"))).isEqualTo(new Found<>("template"));
        assertThat(table.match(SampleRequest.get("/a/b/c"))).isEqualTo(new Found<>("regex"));
    }

    @Test
    void regexesAreTriedInTheDocumentsOrderWhateverTheyBeginWith() {
        var table = table(
                route("1").regex("/a/b/c[0-9]"),
                route("2").regex("/a/.*"),
                route("3").regex("/a/b/[a-z]+"),
                route("4").regex(".*"),
                route("5").regex("/x/.*"));

        assertThat(table.match(SampleRequest.get("/a/b/c1"))).isEqualTo(new Found<>("1"));
        assertThat(table.match(SampleRequest.get("/a/b/c"))).isEqualTo(new Found<>("2"));
        assertThat(table.match(SampleRequest.get("/x/y"))).isEqualTo(new Found<>("4"));
    }

    @Test
    void routesWithTheSameRegexAreToldApartByTheirConditions() {
        var table = table(
                route("any").regex("/a.*"),
                route("other").regex("/ab.*").methods("GET"),
                route("get").regex("/a.*").methods("GET"));

        assertThat(table.match(SampleRequest.get("/ab"))).isEqualTo(new Found<>("get"));
    }

    @Test
    void moreConditionsComeFirst() {
        var table = table(
                route("none").path("/a"),
                route("one").path("/a").methods("GET", "POST"),
                route("two").path("/a").header("x-env", "prod").query("v", "2"),
                route("three")
                        .path("/a")
                        .header("x-env", "prod")
                        .query("v", "2")
                        .methods("GET"));
        var request = SampleRequest.get("/a").withHeader("x-env", "prod");

        assertThat(table.match(request.withQuery("v", "2"))).isEqualTo(new Found<>("three"));
        assertThat(table.match(request.withQuery("v", "1"))).isEqualTo(new Found<>("one"));
        assertThat(table.match(SampleRequest.of("PUT", "h", "/a"))).isEqualTo(new Found<>("none"));
    }

    @Test
    void theFirstOfEquallySpecificRoutesIsTaken() {
        var table = table(
                route("first").path("/a/{id}").header("x-a", "*"),
                route("second").path("/a/{name}").header("x-b", "*"));
        var request = SampleRequest.get("/a/7").withHeader("x-b", "1");

        assertThat(table.match(request.withHeader("x-a", "1"))).isEqualTo(new Found<>("first"));
        assertThat(table.match(request)).isEqualTo(new Found<>("second"));
    }

    @Test
    void theHostCountsBeforeThePath() {
        var table = table(
                route("any").path("/a/b"),
                route("wide").hosts("*.com").path("/a/b"),
                route("narrow").hosts("*.example.com").path("/a/**"),
                route("name").hosts("www.example.com").path("/**"));

        assertThat(table.match(SampleRequest.of("GET", "www.example.com", "/a/b")))
                .isEqualTo(new Found<>("name"));
        assertThat(table.match(SampleRequest.of("GET", "x.example.com", "/a/b")))
                .isEqualTo(new Found<>("narrow"));
        assertThat(table.match(SampleRequest.of("GET", "example.com", "/a/b"))).isEqualTo(new Found<>("wide"));
        assertThat(table.match(SampleRequest.of("GET", "localhost", "/a/b"))).isEqualTo(new Found<>("any"));
    }

    @Test
    void aHostWithoutAFittingRouteFallsThroughToTheNext() {
        var table = table(
                route("any").path("/d"),
                route("wide").hosts("*.com").path("/c"),
                route("narrow").hosts("*.example.com").path("/b"),
                route("name").hosts("www.example.com").path("/a"));

        assertThat(table.match(SampleRequest.get("/a"))).isEqualTo(new Found<>("name"));
        assertThat(table.match(SampleRequest.get("/b"))).isEqualTo(new Found<>("narrow"));
        assertThat(table.match(SampleRequest.get("/c"))).isEqualTo(new Found<>("wide"));
        assertThat(table.match(SampleRequest.get("/d"))).isEqualTo(new Found<>("any"));
    }
}
