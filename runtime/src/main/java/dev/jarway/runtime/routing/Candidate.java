package dev.jarway.runtime.routing;

import dev.jarway.runtime.config.MatchConfig;
import dev.jarway.runtime.routing.PathPattern.Prefix;
import dev.jarway.runtime.routing.RouteMatch.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A route whose host and path fit: what else it asks, and its rank among others of the same host and path; of most there is one
 * alone, which is all the choice there is.
 *
 * @param found the answer if it is taken, made once
 * @param methods empty for any
 * @param conditions all have to hold
 * @param depth how many segments its prefix has, if its path is one
 * @param order its place in the document
 */
record Candidate<T>(Found<T> found, Set<String> methods, List<Condition> conditions, int depth, int order)
        implements Choice<T>, Comparable<Candidate<T>> {

    /** That of a route which stands alone; see {@link #at}. */
    static <T> Candidate<T> of(MatchConfig match, T route, PathPattern pattern) {
        var conditions = new ArrayList<Condition>();
        match.headers().forEach((name, value) -> {
            var source = new ValueSource(ValueSource.Kind.HEADER, name.toLowerCase(Locale.ROOT));
            conditions.add(new Condition(source, ValueTest.of(value)));
        });
        match.query().forEach((name, value) -> {
            var source = new ValueSource(ValueSource.Kind.QUERY, name);
            conditions.add(new Condition(source, ValueTest.of(value)));
        });
        var depth = pattern instanceof Prefix prefix ? prefix.segments().size() : 0;
        return new Candidate<>(new Found<>(route), Set.copyOf(match.methods()), List.copyOf(conditions), depth, 0);
    }

    /** The same in that place of the document. */
    Candidate<T> at(int place) {
        return new Candidate<>(found, methods, conditions, depth, place);
    }

    @Override
    public @Nullable Candidate<T> first(RequestTarget request, @Nullable Set<String> allow) {
        if (allow == null) {
            return allows(request.method()) && fits(request) ? this : null;
        }
        if (fits(request)) {
            allow.addAll(methods);
        }
        return null;
    }

    /** Whether all but the method fits. */
    private boolean fits(RequestTarget request) {
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).holds(request)) {
                return false;
            }
        }
        return true;
    }

    private boolean allows(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    private int specificity() {
        return conditions.size() + (methods.isEmpty() ? 0 : 1);
    }

    /** More conditions first, then the document's order. */
    @Override
    public int compareTo(Candidate<T> other) {
        int bySpecificity = Integer.compare(other.specificity(), specificity());
        return bySpecificity != 0 ? bySpecificity : Integer.compare(order, other.order);
    }
}
