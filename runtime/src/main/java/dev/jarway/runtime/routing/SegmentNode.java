package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree of paths, an edge for each segment. The same tree serves paths and templates, which end where the path ends,
 * and prefixes, which may end before. From where a pattern is alone there are no further nodes but one, which has the rest of it as
 * text: each object more is a place in memory to wait for. A search goes back where text has led nowhere and a variable might; it goes
 * no deeper than the longest pattern and visits no node twice.
 */
final class SegmentNode<T> implements Region {
    /** The depth of a prefix where there is none. */
    private static final int NONE = -1;

    /** The segment that leads here, after a slash, and what is left of the one pattern that leads on, such as {@code /items/{}}. */
    private final String text;
    /** How much of that is the segment that leads here. */
    private final int own;

    private final RegionMap<SegmentNode<T>> literals;
    private final @Nullable SegmentNode<T> variable;
    /** Of those who end where the text does. */
    private final @Nullable Choice<T> whole;
    /** Of those who may go on. */
    private final @Nullable Choice<T> prefix;
    /** The depth of the lowest prefix here or below. */
    private final int lowest;

    private SegmentNode(
            String text,
            int own,
            RegionMap<SegmentNode<T>> literals,
            @Nullable SegmentNode<T> variable,
            @Nullable Choice<T> whole,
            @Nullable Choice<T> prefix,
            int lowest) {
        this.text = text;
        this.own = own;
        this.literals = literals;
        this.variable = variable;
        this.whole = whole;
        this.prefix = prefix;
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
        var whole = new ArrayList<Candidate<T>>(0);
        var prefix = new ArrayList<Candidate<T>>(0);
        var groups = new HashMap<String, List<Path<T>>>();
        for (var path : paths) {
            if (path.segments().size() == depth) {
                (path.goesOn() ? prefix : whole).add(path.candidate());
            } else {
                groups.computeIfAbsent(path.segments().get(depth), segment -> new ArrayList<>(1))
                        .add(path);
            }
        }
        int lowest = prefix.isEmpty() ? NONE : depth;
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
        var text = depth == 0 ? "" : "/" + paths.getFirst().segments().get(depth - 1);
        return new SegmentNode<>(
                text, text.length(), RegionMap.of(literals), variable, choice(whole), choice(prefix), lowest);
    }

    private static <T> @Nullable Choice<T> choice(List<Candidate<T>> candidates) {
        return candidates.isEmpty() ? null : Choice.of(candidates);
    }

    /** Most patterns are alone from their second segment on. */
    private static <T> SegmentNode<T> of(Path<T> path, int depth) {
        var segments = path.segments();
        var text = new StringBuilder();
        int own = 0;
        for (int i = Math.max(0, depth - 1); i < segments.size(); i++) {
            text.append('/').append(segments.get(i));
            own = i == depth - 1 ? text.length() : own;
        }
        return new SegmentNode<>(
                text.toString(),
                own,
                RegionMap.empty(),
                null,
                path.goesOn() ? null : path.candidate(),
                path.goesOn() ? path.candidate() : null,
                path.goesOn() ? segments.size() : NONE);
    }

    @Override
    public boolean is(String path, int from, int to) {
        return own - 1 == to - from && path.regionMatches(from, text, 1, to - from);
    }

    /**
     * The first among those whose pattern fits the whole path.
     *
     * @param from where the rest of the path begins: at a slash, or at its end
     */
    @Nullable
    Candidate<T> whole(RequestTarget request, String path, int from, @Nullable Set<String> allow) {
        if (own < text.length()) {
            return whole != null && textEnd(path, from) == path.length() ? whole.first(request, allow) : null;
        }
        if (from == path.length()) {
            return whole == null ? null : whole.first(request, allow);
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
        if (own < text.length()) {
            return prefix != null && textEnd(path, from) != -1 ? prefix.first(request, allow) : null;
        }
        var below = from == path.length() || lowest == NONE ? null : longestBelow(request, path, from, allow);
        if (below != null || prefix == null) {
            return below;
        }
        return prefix.first(request, allow);
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

    /** Where in the path the rest of the text ends, or -1 if the path is another one. */
    private int textEnd(String path, int from) {
        int at = from;
        for (int i = own; i < text.length(); i++) {
            if (at == path.length() || path.charAt(at) != text.charAt(i)) {
                return -1;
            }
            if (text.charAt(i) == '/' && isVariable(i + 1)) {
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
        return text.startsWith(PathPattern.VARIABLE, from) && (end == text.length() || text.charAt(end) == '/');
    }

    private static int segmentEnd(String path, int from) {
        int slash = path.indexOf('/', from + 1);
        return slash == -1 ? path.length() : slash;
    }

    /**
     * A route's way through the tree.
     *
     * @param goesOn whether paths below are its own too
     */
    record Path<T>(List<String> segments, boolean goesOn, Candidate<T> candidate) {}
}
