package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of one host pattern, by path. What a host has no routes of takes no memory: most hosts have few. */
final class PathIndex<T> {
    private final @Nullable SegmentNode<T> paths;
    private final @Nullable RegexIndex<T> regexes;

    private PathIndex(Builder<T> builder) {
        this.paths = SegmentNode.of(builder.paths);
        this.regexes = RegexIndex.of(builder.regexes);
    }

    /** The first that fits; {@code allow} as in {@link Choice#first}. */
    @Nullable
    Candidate<T> find(RequestTarget request, String path, @Nullable Set<String> allow) {
        // The target of OPTIONS * has no segments, but is below all.
        var segments = path.startsWith("/") ? path : "";
        var found = paths == null ? null : paths.whole(request, segments, 0, allow);
        if (found == null && regexes != null) {
            found = regexes.first(request, path, allow);
        }
        if (found == null && paths != null) {
            found = paths.longest(request, segments, 0, allow);
        }
        return found;
    }

    /** Collects the routes of a host pattern, in the document's order. */
    static final class Builder<T> {
        private final List<SegmentNode.Path<T>> paths = new ArrayList<>(1);
        private final Map<String, List<Candidate<T>>> regexes = new LinkedHashMap<>();

        void add(PathPattern pattern, Candidate<T> candidate) {
            switch (pattern) {
                case PathPattern.Whole it -> paths.add(new SegmentNode.Path<>(it.segments(), false, candidate));
                case PathPattern.Prefix it -> paths.add(new SegmentNode.Path<>(it.segments(), true, candidate));
                case PathPattern.Regex it ->
                    regexes.computeIfAbsent(it.regex(), regex -> new ArrayList<>(1))
                            .add(candidate);
            }
        }

        PathIndex<T> build() {
            return new PathIndex<>(this);
        }
    }
}
