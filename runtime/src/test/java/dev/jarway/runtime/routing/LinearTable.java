package dev.jarway.runtime.routing;

import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.routing.RouteMatch.Found;
import dev.jarway.runtime.routing.RouteMatch.MethodNotAllowed;
import dev.jarway.runtime.routing.RouteMatch.NotFound;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The rules of {@link RouteTable} written down as plainly as they can be: look at all routes, sort those that fit. */
final class LinearTable {
    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    private final List<RouteTable.Entry<String>> entries;

    LinearTable(List<RouteTable.Entry<String>> entries) {
        this.entries = entries;
    }

    RouteMatch<String> match(SampleRequest request) {
        var fitting = new ArrayList<Fit>();
        for (var entry : entries) {
            for (var host : entry.match().hosts().isEmpty()
                    ? List.of("*")
                    : entry.match().hosts()) {
                if (hostFits(host, request.host()) && restFits(entry.match(), request)) {
                    fitting.add(new Fit(entry, host, rank(entry, host)));
                }
            }
        }
        fitting.sort(Comparator.comparing(Fit::rank));
        for (var fit : fitting) {
            var methods = fit.entry.match().methods();
            if (methods.isEmpty() || methods.contains(request.method())) {
                return new Found<>(fit.entry.route());
            }
        }
        var allow = new TreeSet<String>();
        fitting.forEach(fit -> allow.addAll(fit.entry.match().methods()));
        return allow.isEmpty() ? new NotFound<>() : new MethodNotAllowed<>(allow);
    }

    private static boolean hostFits(String pattern, String host) {
        return pattern.equals("*")
                || pattern.equals(host)
                || (pattern.startsWith("*.") && host.endsWith(pattern.substring(1)));
    }

    private static boolean restFits(MatchConfig match, SampleRequest request) {
        return pathFits(match, normal(request.path()))
                && valuesFit(match.headers(), request::header)
                && valuesFit(match.query(), request::query);
    }

    private static boolean pathFits(MatchConfig match, String path) {
        if (match.pathRegex().isPresent()) {
            return Pattern.matches(match.pathRegex().get(), path);
        }
        var pattern = new StringBuilder();
        for (var segment : segments(match)) {
            pattern.append('/').append(segment.startsWith("{") ? "[^/]+" : Pattern.quote(normal(segment)));
        }
        return Pattern.matches(pattern + (isPrefix(match) ? "(/.*)?" : ""), path);
    }

    private static boolean valuesFit(Map<String, String> asked, Function<String, List<String>> values) {
        return asked.entrySet().stream()
                .allMatch(entry ->
                        values.apply(entry.getKey()).stream().anyMatch(value -> valueFits(entry.getValue(), value)));
    }

    private static boolean valueFits(String asked, String value) {
        return asked.equals("*") || (asked.startsWith("~") ? value.matches(asked.substring(1)) : asked.equals(value));
    }

    /** A text that sorts as the precedence of routes does. */
    private String rank(RouteTable.Entry<String> entry, String host) {
        var match = entry.match();
        int hostRank = host.equals("*") ? 999 : host.startsWith("*.") ? 500 - host.length() : 0;
        int conditions =
                match.headers().size() + match.query().size() + (match.methods().isEmpty() ? 0 : 1);
        return String.format(
                Locale.ROOT,
                "%03d %s %03d %05d",
                hostRank,
                pathRank(match, host),
                999 - conditions,
                entries.indexOf(entry));
    }

    private String pathRank(MatchConfig match, String host) {
        if (match.pathRegex().isPresent()) {
            return String.format(
                    Locale.ROOT, "2 %05d", firstWith(match.pathRegex().get(), host));
        }
        var shape = new StringBuilder();
        segments(match).forEach(segment -> shape.append(segment.startsWith("{") ? 'v' : 'l'));
        if (isPrefix(match)) {
            return String.format(Locale.ROOT, "3 %05d %s", 99_999 - shape.length(), shape);
        }
        return shape.indexOf("v") == -1 ? "0" : "1 " + shape;
    }

    private int firstWith(String regex, String host) {
        for (int i = 0; i < entries.size(); i++) {
            var match = entries.get(i).match();
            if (match.pathRegex().filter(regex::equals).isPresent()
                    && (match.hosts().contains(host) || (match.hosts().isEmpty() && host.equals("*")))) {
                return i;
            }
        }
        throw new AssertionError(regex);
    }

    private static boolean isPrefix(MatchConfig match) {
        return match.path().isEmpty() || match.path().get().endsWith("/**");
    }

    private static List<String> segments(MatchConfig match) {
        var fixed = match.path().orElse("/**").replaceAll("/\\*\\*$", "");
        return fixed.isEmpty() ? List.of() : List.of(fixed.substring(1).split("/", -1));
    }

    private static String normal(String path) {
        return ESCAPE.matcher(path).replaceAll(found -> {
            var octet = (char) Integer.parseInt(found.group(1), 16);
            return String.valueOf(octet).matches("[A-Za-z0-9._~-]")
                    ? String.valueOf(octet)
                    : found.group().toUpperCase(Locale.ROOT);
        });
    }

    private record Fit(RouteTable.Entry<String> entry, String host, String rank) {}
}
