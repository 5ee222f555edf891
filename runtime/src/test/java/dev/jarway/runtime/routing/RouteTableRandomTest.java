package dev.jarway.runtime.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.routing.RouteMatch.Found;
import dev.jarway.runtime.routing.RouteMatch.MethodNotAllowed;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the index against {@link LinearTable}. A failure names the seed, which makes the same routes and requests again. */
class RouteTableRandomTest {
    private static final List<String> HOSTS =
            List.of("a.com", "b.a.com", "c.b.a.com", "x.c.b.a.com", "org", "*.com", "*.a.com", "*.b.a.com", "*");
    private static final List<String> SEGMENTS =
            List.of("a", "b", "%61", "~", "%7e", "%2f", "%2F", "", "{x}", "{y}", "{z}");
    private static final List<String> REGEXES =
            List.of("/a.*", "/a/b.*", "/[ab]/.*", ".*/b", "/a|/b", "/~/.+", "/a/b/(a|b)", "^/a$", "/ab?/.*", "/a\\/b");
    private static final List<String> VALUES = List.of("1", "2", "3", "4", "*", "~[12]", "~3.*");
    private static final List<String> METHODS = List.of("GET", "POST", "PUT");
    private static final List<String> NAMES = List.of("x", "y");
    private static final int REQUESTS = 60;

    private enum Kind {
        FOUND,
        NOT_FOUND,
        REFUSED
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsWhatALinearScanFinds(int run) {
        var kinds = new EnumMap<Kind, Integer>(Kind.class);
        for (int seed = run * 1_000; seed < run * 1_000 + 60; seed++) {
            var random = new Random(seed);
            var variety = 1 + random.nextInt(4);
            var entries = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(i -> entry(random, "route " + i, variety))
                    .toList();
            var table = RouteTable.of(entries);
            var linear = new LinearTable(entries);
            for (int i = 0; i < REQUESTS; i++) {
                var request = request(random, variety);
                var expected = linear.match(request);
                assertThat(table.match(request))
                        .as("seed %s, %s, routes %s", seed, request, entries)
                        .isEqualTo(expected);
                kinds.merge(kind(expected), 1, Integer::sum);
            }
        }
        assertThat(kinds).as("each kind of answer is put to the test").hasSize(Kind.values().length);
        assertThat(kinds.values()).allSatisfy(count -> assertThat(count).isGreaterThan(100));
    }

    private static Kind kind(RouteMatch<String> match) {
        return switch (match) {
            case Found<String> found -> Kind.FOUND;
            case NotFound<String> notFound -> Kind.NOT_FOUND;
            case MethodNotAllowed<String> refused -> Kind.REFUSED;
        };
    }

    /** Little variety means many routes of the same host and path. */
    private static RouteTable.Entry<String> entry(Random random, String name, int variety) {
        var route = RouteSketch.route(name);
        if (random.nextInt(4) < variety - 1) {
            route.hosts(one(random, HOSTS), one(random, HOSTS));
        }
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> route.regex(one(random, REGEXES));
            case 4 -> {}
            default -> route.path(path(random, variety, SEGMENTS.size()) + (random.nextInt(3) == 0 ? "/**" : ""));
        }
        if (random.nextBoolean()) {
            route.methods(one(random, METHODS), one(random, METHODS));
        }
        for (var key : NAMES) {
            if (random.nextInt(3) == 0) {
                route.header(key, one(random, VALUES));
            }
            if (random.nextInt(4) == 0) {
                route.query(key, one(random, VALUES));
            }
        }
        return route.entry();
    }

    private static SampleRequest request(Random random, int variety) {
        var request = SampleRequest.of(
                one(random, METHODS), HOSTS.get(random.nextInt(5)), path(random, variety, SEGMENTS.size() - 3));
        for (var name : NAMES) {
            if (random.nextInt(3) != 0) {
                request =
                        request.withHeader(name, one(random, VALUES.subList(0, 4)), one(random, VALUES.subList(0, 4)));
            }
            if (random.nextBoolean()) {
                request = request.withQuery(name, one(random, VALUES.subList(0, 4)));
            }
        }
        return request;
    }

    private static String path(Random random, int longest, int segments) {
        var path = new StringBuilder();
        int length = 1 + random.nextInt(longest);
        for (int i = 0; i < length; i++) {
            path.append('/').append(SEGMENTS.get(random.nextInt(segments)));
        }
        return path.toString();
    }

    private static String one(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
