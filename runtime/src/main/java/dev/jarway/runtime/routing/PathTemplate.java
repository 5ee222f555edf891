package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path made of another one: segments that are written down, segments of the other, and perhaps its rest. Segments are taken
 * over whole and as they are, so what comes out is as clear as what went in. Immutable.
 */
public final class PathTemplate {
    private static final String REST = "/**";

    private final List<Part> parts;
    private final boolean withRest;
    private final int matched;

    private PathTemplate(List<Part> parts, boolean withRest, int matched) {
        this.parts = List.copyOf(parts);
        this.withRest = withRest;
        this.matched = matched;
    }

    /** A piece of a path. */
    private sealed interface Part {
        /** As it is written, with the slash before it. */
        record Text(String text) implements Part {}

        /** The segment of that index. */
        record Segment(int index) implements Part {}
    }

    /**
     * A template as it is written.
     *
     * @param pattern the {@code match.path} that paths are known to fit
     * @param written known to be in order
     */
    public static PathTemplate of(Optional<String> pattern, String written) {
        List<String> known = segments(withoutRest(pattern.orElse(REST)));
        List<Part> parts = new ArrayList<>();
        for (String segment : segments(withoutRest(written))) {
            parts.add(
                    segment.startsWith("{") ? new Part.Segment(known.indexOf(segment)) : new Part.Text("/" + segment));
        }
        return new PathTemplate(parts, written.endsWith(REST), known.size());
    }

    private static String withoutRest(String path) {
        return path.endsWith(REST) ? path.substring(0, path.length() - REST.length()) : path;
    }

    private static List<String> segments(String path) {
        return path.isEmpty() ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    /** What a target becomes; its query stays. */
    public String fill(String target) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        List<String> segments = segments(path);
        StringBuilder filled = new StringBuilder(target.length() + 16);
        for (Part part : parts) {
            switch (part) {
                case Part.Text text -> filled.append(text.text());
                case Part.Segment segment -> filled.append('/').append(segments.get(segment.index()));
            }
        }
        if (withRest) {
            segments.subList(Math.min(matched, segments.size()), segments.size())
                    .forEach(segment -> filled.append('/').append(segment));
        }
        if (filled.isEmpty()) {
            filled.append('/');
        }
        return question < 0
                ? filled.toString()
                : filled.append(target, question, target.length()).toString();
    }
}
