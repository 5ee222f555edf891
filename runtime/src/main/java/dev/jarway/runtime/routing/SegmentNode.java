package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of paths, an edge for each segment. The same tree serves templates, which end where the path ends, and
 * prefixes, which may end before. From where a path is alone there are no further nodes but one, which has the rest of it as
 * text: each node more is a place in memory to wait for. A search goes back where text has led nowhere and a variable might; it goes
 * no deeper than the longest pattern and visits no node twice.
 */
final class SegmentNode<T> {
    private final RegionMap<SegmentNode<T>> literals;
    private final @Nullable SegmentNode<T> variable;
    private final @Nullable Choice<T> here;
    /** What is left of the one path that leads through here, such as {@code /items/{}}; empty where nodes say it. */
    private final String rest;
    /** The depth of the lowest node here or below. */
    private final int lowest;

    private SegmentNode(
            RegionMap<SegmentNode<T>> literals,
            @Nullable SegmentNode<T> variable,
            @Nullable Choice<T> here,
            String rest,
            int lowest) {
        this.literals = literals;
        this.variable = variable;
        this.here = here;
        this.rest = rest;
        this.lowest = lowest;
    }

    /** The tree of these paths, null if there are none. */
    static <T> @Nullable SegmentNode<T> of(List<Path<T>> paths) {
        return paths.isEmpty() ? null : of(paths, 0);
    }

    private static <T> SegmentNode<T> of(List<Path<T>> paths, int depth) {
        if (paths.size() == 1) {
            return of(paths.getFirst(), depth);
        }
        var ending = new ArrayList<Candidate<T>>();
        var groups = new HashMap<String, List<Path<T>>>();
        for (var path : paths) {
            if (path.segments().size() == depth) {
                ending.add(path.candidate());
            } else {
                groups.computeIfAbsent(path.segments().get(depth), segment -> new ArrayList<>(1))
                        .add(path);
            }
        }
        int lowest = depth;
        SegmentNode<T> variable = null;
        Map<String, SegmentNode<T>> literals = HashMap.newHashMap(groups.size());
        for (var group : groups.entrySet()) {
            var node = of(group.getValue(), depth + 1);
            lowest = Math.max(lowest, node.lowest);
            if (group.getKey().equals(PathPattern.VARIABLE)) {
                variable = node;
            } else {
                literals.put(group.getKey(), node);
            }
        }
        return new SegmentNode<>(
                RegionMap.of(literals), variable, ending.isEmpty() ? null : Choice.of(ending), "", lowest);
    }

    /** Most paths are alone from their second segment on. */
    private static <T> SegmentNode<T> of(Path<T> path, int depth) {
        var segments = path.segments();
        var rest = new StringBuilder();
        segments.subList(depth, segments.size())
                .forEach(segment -> rest.append('/').append(segment));
        return new SegmentNode<>(RegionMap.empty(), null, path.candidate(), rest.toString(), segments.size());
    }

    /**
     * The first among those whose pattern fits the whole path.
     *
     * @param from where the rest of the path begins: at a slash, or at its end
     */
    @Nullable
    Candidate<T> whole(RequestTarget request, String path, int from, @Nullable Set<String> allow) {
        if (from >= path.length()) {
            return here == null || !rest.isEmpty() ? null : here.first(request, allow);
        }
        if (!rest.isEmpty()) {
            return here != null && restEnd(path, from) == path.length() ? here.first(request, allow) : null;
        }
        int end = segmentEnd(path, from);
        var literal = literals.find(path, from + 1, end);
        var found = literal == null ? null : literal.whole(request, path, end, allow);
        if (found != null || variable == null || end == from + 1) {
            return found;
        }
        return variable.whole(request, path, end, allow);
    }

    /** The first among those whose pattern fits the path or its beginning, the longest pattern first. */
    @Nullable
    Candidate<T> longest(RequestTarget request, String path, int from, @Nullable Set<String> allow) {
        if (!rest.isEmpty()) {
            return here != null && restEnd(path, from) != -1 ? here.first(request, allow) : null;
        }
        var below = from >= path.length() ? null : longestBelow(request, path, from, allow);
        if (below != null || here == null) {
            return below;
        }
        return here.first(request, allow);
    }

    private @Nullable Candidate<T> longestBelow(
            RequestTarget request, String path, int from, @Nullable Set<String> allow) {
        int end = segmentEnd(path, from);
        var literal = literals.find(path, from + 1, end);
        var found = literal == null ? null : literal.longest(request, path, end, allow);
        if (variable == null || end == from + 1 || (found != null && variable.lowest <= found.depth())) {
            return found;
        }
        var other = variable.longest(request, path, end, allow);
        return found == null || (other != null && other.depth() > found.depth()) ? other : found;
    }

    /** Where in the path the rest ends, or -1 if the path is another one. */
    private int restEnd(String path, int from) {
        int at = from;
        for (int i = 0; i < rest.length(); i++) {
            if (at == path.length() || path.charAt(at) != rest.charAt(i)) {
                return -1;
            }
            if (rest.charAt(i) == '/' && isVariable(i + 1)) {
                int end = segmentEnd(path, at);
                if (end == at + 1) {
                    return -1;
                }
                at = end;
                i += PathPattern.VARIABLE.length();
            } else {
                at++;
            }
        }
        return at == path.length() || path.charAt(at) == '/' ? at : -1;
    }

    private boolean isVariable(int from) {
        int end = from + PathPattern.VARIABLE.length();
        return rest.startsWith(PathPattern.VARIABLE, from) && (end == rest.length() || rest.charAt(end) == '/');
    }

    private static int segmentEnd(String path, int from) {
        int slash = path.indexOf('/', from + 1);
        return slash == -1 ? path.length() : slash;
    }

    /** A route's way through the tree. */
    record Path<T>(List<String> segments, Candidate<T> candidate) {}
}
