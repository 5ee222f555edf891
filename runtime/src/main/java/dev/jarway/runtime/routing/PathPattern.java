package dev.jarway.runtime.routing;

import dev.jarway.runtime.config.MatchConfig;
import java.util.ArrayList;
import java.util.List;

/** What a route asks of the path, taken apart. Segments are in the form of {@link PathEscapes}. */
sealed interface PathPattern {

    /** Stands among segments for any one of them that is not empty. No text of a segment: it is in braces. */
    String VARIABLE = "{}";

    /** These segments and no more. */
    record Whole(List<String> segments) implements PathPattern {}

    /** A regular expression for the whole path. */
    record Regex(String regex) implements PathPattern {}

    /** These segments and all below them. */
    record Prefix(List<String> segments) implements PathPattern {}

    static PathPattern of(MatchConfig match) {
        if (match.pathRegex().isPresent()) {
            return new Regex(match.pathRegex().get());
        }
        return of(match.path().orElse("/**"));
    }

    private static PathPattern of(String path) {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: a path that begins with /)");
        }
        var prefix = path.endsWith("/**");
        var fixed = PathEscapes.normalize(prefix ? path.substring(0, path.length() - 3) : path);
        if (fixed.contains("**")) {
            throw new IllegalArgumentException("path: " + path + " (expected: ** at the end alone)");
        }
        var segments = fixed.isEmpty() ? List.<String>of() : segments(fixed);
        return prefix ? new Prefix(segments) : new Whole(segments);
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.substring(1).split("/", -1)) {
            segments.add(segment.startsWith("{") && segment.endsWith("}") ? VARIABLE : segment);
        }
        return List.copyOf(segments);
    }
}
