package dev.jarway.runtime.routing;

import static dev.jarway.runtime.routing.RouteSketch.route;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.jarway.runtime.routing.RouteMatch.Found;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTableTest {

    @Test
    void withoutRoutesNothingIsFound() {
        assertThat(RouteTable.of(List.of()).match(SampleRequest.get("/"))).isEqualTo(new NotFound<>());
    }

    @Test
    void aRouteOfSeveralHostsIsForEachOfThem() {
        var table = RouteSketch.table(route("it").hosts("a.com", "*.b.com", "A.com"));

        assertThat(table.match(SampleRequest.of("GET", "a.com", "/"))).isEqualTo(new Found<>("it"));
        assertThat(table.match(SampleRequest.of("GET", "x.b.com", "/"))).isEqualTo(new Found<>("it"));
        assertThat(table.match(SampleRequest.of("GET", "c.com", "/"))).isEqualTo(new NotFound<>());
    }

    @Test
    void findsEachOfManyRoutes() {
        var entries = new ArrayList<RouteTable.Entry<String>>();
        for (int i = 0; i < 5_000; i++) {
            entries.add(route("host " + i).hosts("h" + i + ".com").path("/a").entry());
            entries.add(route("exact " + i).path("/e/" + i).entry());
            entries.add(route("template " + i).path("/t/{x}/" + i).entry());
            entries.add(route("regex " + i).regex("/r/" + i + "/[a-z]+").entry());
            entries.add(route("prefix " + i).path("/p/" + i + "/**").entry());
        }
        var table = RouteTable.of(entries);

        for (int i = 0; i < 5_000; i++) {
            assertThat(table.match(SampleRequest.of("GET", "h" + i + ".com", "/a")))
                    .isEqualTo(new Found<>("host " + i));
            assertThat(table.match(SampleRequest.get("/e/" + i))).isEqualTo(new Found<>("exact " + i));
            assertThat(table.match(SampleRequest.get("/t/x/" + i))).isEqualTo(new Found<>("template " + i));
            assertThat(table.match(SampleRequest.get("/r/" + i + "/x"))).isEqualTo(new Found<>("regex " + i));
            assertThat(table.match(SampleRequest.get("/p/" + i + "/x"))).isEqualTo(new Found<>("prefix " + i));
        }
        assertThat(table.match(SampleRequest.get("/e/5000"))).isEqualTo(new NotFound<>());
    }

    @Test
    void tellsWhetherAnyRouteAsksForHeaders() {
        var plain = route("plain").path("/a").methods("GET").query("q", "1");

        assertThat(RouteSketch.table(plain).asksForHeaders()).isFalse();
        assertThat(RouteSketch.table(plain, route("it").header("x-a", "1")).asksForHeaders())
                .isTrue();
    }

    @Test
    void givesTheSameAnswerObjectEachTime() {
        var table = RouteSketch.paths("/a");

        assertThat(table.match(SampleRequest.get("/a"))).isSameAs(table.match(SampleRequest.get("/a")));
    }

    @Test
    void allocatesNothingForHostsPathsTemplatesAndPrefixes() {
        var table = RouteSketch.table(
                route("host").hosts("*.example.com").path("/h"),
                route("exact").path("/e").methods("GET"),
                route("template").path("/t/{x}/b"),
                route("prefix").path("/p/**"));
        var requests = List.of(
                SampleRequest.get("/h"),
                SampleRequest.get("/e"),
                SampleRequest.get("/t/a/b"),
                SampleRequest.get("/p/x"));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // What classes allocate when they are first used is not meant.
        matchAll(table, requests, 100);

        long before = threads.getCurrentThreadAllocatedBytes();
        int found = matchAll(table, requests, 10_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isEqualTo(40_000);
        assertThat(allocated).as("bytes in 40,000 matches").isLessThan(40_000);
    }

    private static int matchAll(RouteTable<String> table, List<SampleRequest> requests, int times) {
        int found = 0;
        for (int i = 0; i < times; i++) {
            for (int j = 0; j < requests.size(); j++) {
                found += table.match(requests.get(j)) instanceof Found ? 1 : 0;
            }
        }
        return found;
    }
}
