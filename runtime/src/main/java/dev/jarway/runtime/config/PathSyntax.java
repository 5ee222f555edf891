package dev.jarway.runtime.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The form of {@code match.path}. */
final class PathSyntax {
    private static final Pattern CHARACTERS = Pattern.compile("[!-~]*");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern VARIABLE = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_-]*}");
    private static final String REST = "**";

    private PathSyntax() {}

    /** Empty for a path that fits, else what was expected. */
    static Optional<String> check(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("a path that begins with /");
        }
        if (path.contains("?") || path.contains("#")) {
            return Optional.of("a path alone; parameters go under query");
        }
        if (!CHARACTERS.matcher(path).matches()) {
            return Optional.of("visible ASCII, anything else percent-encoded");
        }
        if (BAD_ESCAPE.matcher(path).find()) {
            return Optional.of("two hexadecimal digits after each %");
        }
        return segments(List.of(path.substring(1).split("/", -1)));
    }

    private static Optional<String> segments(List<String> segments) {
        var variables = new HashSet<String>();
        for (int i = 0; i < segments.size(); i++) {
            var last = i == segments.size() - 1;
            var wrong = segments.get(i).equals(REST) ? rest(last) : segment(segments.get(i), variables);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> rest(boolean last) {
        return last ? Optional.empty() : Optional.of("** at the end alone");
    }

    private static Optional<String> segment(String segment, Set<String> variables) {
        if (segment.contains("*")) {
            return Optional.of("no * inside a segment: {name} stands for one segment, a final /** for any number");
        }
        if (segment.equals(".") || segment.equals("..")) {
            return Optional.of("no segment . or ..: requests are matched without them");
        }
        if (VARIABLE.matcher(segment).matches()) {
            return variables.add(segment) ? Optional.empty() : Optional.of("each {name} once");
        }
        return segment.contains("{") || segment.contains("}")
                ? Optional.of("{name} as a whole segment, the name of letters, digits, _ and -")
                : Optional.empty();
    }
}
