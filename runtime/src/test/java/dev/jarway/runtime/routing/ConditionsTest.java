package dev.jarway.runtime.routing;

import static dev.jarway.runtime.routing.RouteSketch.route;
import static dev.jarway.runtime.routing.RouteSketch.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.routing.RouteMatch.Found;
import dev.jarway.runtime.routing.RouteMatch.MethodNotAllowed;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

    @ParameterizedTest
    @CsvSource({
        "prod,      prod,     true",
        "prod,      PROD,     false",
        "prod,      production, false",
        "*,         anything, true",
        "*,         '',       true",
        "'',        '',       true",
        "'',        x,        false",
        "~pr.*,     prod,     true",
        "~pr,       prod,     false",
        "~(?i)prod, PROD,     true",
    })
    void holdsHeadersAndParametersToWhatIsAsked(String asked, String value, boolean fits) {
        var byHeader = table(route("it").header("X-Env", asked));
        var byQuery = table(route("it").query("env", asked));

        assertThat(byHeader.match(SampleRequest.get("/").withHeader("x-env", value)) instanceof Found)
                .isEqualTo(fits);
        assertThat(byQuery.match(SampleRequest.get("/").withQuery("env", value)) instanceof Found)
                .isEqualTo(fits);
    }

    @Test
    void whatIsMissingFitsNothing() {
        var table = table(route("header").header("x-env", "*"), route("query").query("env", "~.*"));

        assertThat(table.match(SampleRequest.get("/"))).isEqualTo(new NotFound<>());
    }

    @Test
    void oneOfSeveralValuesIsEnough() {
        var table = table(route("it").header("x-env", "prod").query("v", "2"));
        var request = SampleRequest.get("/").withHeader("x-env", "test", "prod");

        assertThat(table.match(request.withQuery("v", "1", "2"))).isEqualTo(new Found<>("it"));
        assertThat(table.match(request.withQuery("v", "1", "3"))).isEqualTo(new NotFound<>());
    }

    @Test
    void namesOfParametersAreCaseSensitive() {
        var table = table(route("it").query("Env", "*"));

        assertThat(table.match(SampleRequest.get("/").withQuery("env", "1"))).isEqualTo(new NotFound<>());
    }

    @Test
    void saysWhichMethodsAreAllowedWhereOnlyTheMethodDoesNotFit() {
        var table = table(
                route("any host").path("/**").methods("OPTIONS"),
                route("exact").hosts("www.example.com").path("/a").methods("PUT", "GET"),
                route("regex").hosts("*.example.com").regex("/a").methods("PATCH"),
                route("other path").path("/b").methods("DELETE"),
                route("other header").path("/a").header("x-env", "prod").methods("TRACE"));

        assertThat(table.match(SampleRequest.of("POST", "www.example.com", "/a")))
                .isEqualTo(new MethodNotAllowed<>(Set.of("GET", "OPTIONS", "PATCH", "PUT")))
                .extracting(match -> ((MethodNotAllowed<String>) match).allow())
                .satisfies(allow -> assertThat(allow).containsExactly("GET", "OPTIONS", "PATCH", "PUT"));
    }

    @Test
    void anotherRouteForTheMethodComesBeforeARefusal() {
        var table = table(
                route("post").hosts("www.example.com").path("/a").methods("POST"),
                route("all").path("/**"));

        assertThat(table.match(SampleRequest.get("/a"))).isEqualTo(new Found<>("all"));
    }

    @Test
    void isNotFoundWhereMoreThanTheMethodDoesNotFit() {
        var table = table(route("it").path("/a").methods("POST").header("x-env", "prod"));

        assertThat(table.match(SampleRequest.get("/a"))).isEqualTo(new NotFound<>());
        assertThat(table.match(SampleRequest.get("/b"))).isEqualTo(new NotFound<>());
    }

    @Test
    void methodsAreCaseSensitive() {
        var table = table(route("it").methods("GET"));

        assertThat(table.match(SampleRequest.of("get", "h", "/"))).isEqualTo(new MethodNotAllowed<>(Set.of("GET")));
    }

    @Test
    void findsARouteAmongManyThatDifferInOneHeaderByAskingForItOnce() {
        var asked = new ArrayList<String>();
        var routes = new ArrayList<RouteSketch>();
        for (int i = 0; i < 10_000; i++) {
            routes.add(
                    route("tenant " + i).path("/a").header("x-tenant", "t" + i).methods("GET"));
        }
        routes.add(route("tenant 7 in test").path("/a").header("x-tenant", "t7").header("x-env", "test"));
        routes.add(route("strict")
                .path("/a")
                .header("x-strict", "*")
                .query("a", "*")
                .query("b", "*"));
        var table = table(routes.toArray(RouteSketch[]::new));
        var request = SampleRequest.get("/a").withHeader("x-tenant", "t9", "t7");

        assertThat(table.match(recording(request, asked))).isEqualTo(new Found<>("tenant 7"));
        assertThat(asked).hasSizeLessThan(10);
        assertThat(table.match(request.withHeader("x-env", "test"))).isEqualTo(new Found<>("tenant 7"));
        assertThat(table.match(
                        request.withHeader("x-strict", "1").withQuery("a", "").withQuery("b", "")))
                .isEqualTo(new Found<>("strict"));
        assertThat(table.match(SampleRequest.of("PUT", "h", "/a").withHeader("x-tenant", "t8")))
                .isEqualTo(new MethodNotAllowed<>(Set.of("GET")));
        assertThat(table.match(SampleRequest.get("/a").withHeader("x-tenant", "nobody")))
                .isEqualTo(new NotFound<>());
    }

    private static RequestTarget recording(SampleRequest request, List<String> asked) {
        return new RequestTarget() {
            @Override
            public String host() {
                return request.host();
            }

            @Override
            public String path() {
                return request.path();
            }

            @Override
            public String method() {
                return request.method();
            }

            @Override
            public List<String> header(String name) {
                asked.add(name);
                return request.header(name);
            }

            @Override
            public List<String> query(String name) {
                asked.add(name);
                return request.query(name);
            }
        };
    }
}
