package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of one host pattern, by path. What a host has no routes of takes no memory: most hosts have few. */
final class PathIndex<T> {
    private final Map<String, Choice<T>> exact;
    private final @Nullable SegmentNode<T> templates;
    private final @Nullable RegexIndex<T> regexes;
    private final @Nullable SegmentNode<T> prefixes;

    private PathIndex(Builder<T> builder) {
        Map<String, Choice<T>> choices = HashMap.newHashMap(builder.exact.size());
        builder.exact.forEach((path, candidates) -> choices.put(path, Choice.of(candidates)));
        this.exact = Map.copyOf(choices);
        this.templates = SegmentNode.of(builder.templates);
        this.regexes = RegexIndex.of(builder.regexes);
        this.prefixes = SegmentNode.of(builder.prefixes);
    }

    /** The first that fits; {@code allow} as in {@link Choice#first}. */
    @Nullable
    Candidate<T> find(RequestTarget request, String path, @Nullable Set<String> allow) {
        var choice = exact.get(path);
        var found = choice == null ? null : choice.first(request, allow);
        if (found == null && templates != null) {
            found = templates.whole(request, path, 0, allow);
        }
        if (found == null && regexes != null) {
            found = regexes.first(request, path, allow);
        }
        if (found == null && prefixes != null) {
            found = prefixes.longest(request, path, 0, allow);
        }
        return found;
    }

    /** Collects the routes of a host pattern, in the document's order. */
    static final class Builder<T> {
        private final Map<String, List<Candidate<T>>> exact = new HashMap<>();
        private final List<SegmentNode.Path<T>> templates = new ArrayList<>();
        private final Map<String, List<Candidate<T>>> regexes = new LinkedHashMap<>();
        private final List<SegmentNode.Path<T>> prefixes = new ArrayList<>();

        void add(PathPattern pattern, Candidate<T> candidate) {
            switch (pattern) {
                case PathPattern.Exact it ->
                    exact.computeIfAbsent(it.path(), path -> new ArrayList<>(1)).add(candidate);
                case PathPattern.Template it -> templates.add(new SegmentNode.Path<>(it.segments(), candidate));
                case PathPattern.Regex it ->
                    regexes.computeIfAbsent(it.regex(), regex -> new ArrayList<>(1))
                            .add(candidate);
                case PathPattern.Prefix it -> prefixes.add(new SegmentNode.Path<>(it.segments(), candidate));
            }
        }

        PathIndex<T> build() {
            return new PathIndex<>(this);
        }
    }
}
