package dev.jarway.runtime.routing;

import dev.jarway.runtime.config.MatchConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route as tests write it down. It stands for its own name. */
final class RouteSketch {
    private final String name;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, String> query = new LinkedHashMap<>();
    private List<String> hosts = List.of();
    private List<String> methods = List.of();
    private @Nullable String path;
    private @Nullable String regex;

    private RouteSketch(String name) {
        this.name = name;
    }

    static RouteSketch route(String name) {
        return new RouteSketch(name);
    }

    /** Routes that differ in their path alone and are named by it. */
    static RouteTable<String> paths(String... paths) {
        return table(Arrays.stream(paths).map(path -> route(path).path(path)).toArray(RouteSketch[]::new));
    }

    static RouteTable<String> table(RouteSketch... routes) {
        return RouteTable.of(Arrays.stream(routes).map(RouteSketch::entry).toList());
    }

    RouteSketch hosts(String... patterns) {
        hosts = List.of(patterns);
        return this;
    }

    RouteSketch path(String pattern) {
        path = pattern;
        return this;
    }

    RouteSketch regex(String expression) {
        regex = expression;
        return this;
    }

    RouteSketch methods(String... names) {
        methods = List.of(names);
        return this;
    }

    RouteSketch header(String header, String value) {
        headers.put(header, value);
        return this;
    }

    RouteSketch query(String parameter, String value) {
        query.put(parameter, value);
        return this;
    }

    RouteTable.Entry<String> entry() {
        var match = new MatchConfig(
                hosts,
                Optional.ofNullable(path),
                Optional.ofNullable(regex),
                methods,
                new LinkedHashMap<>(headers),
                new LinkedHashMap<>(query));
        return new RouteTable.Entry<>(match, name);
    }
}
