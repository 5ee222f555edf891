package dev.jarway.runtime.routing;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A choice among many routes, most of which ask for one text each of the same header or parameter of the query. */
final class ValueChoice<T> implements Choice<T> {
    private final ValueSource source;
    private final Map<String, Choice<T>> byText;
    private final Choice<T> others;

    ValueChoice(ValueSource source, Map<String, Choice<T>> byText, Choice<T> others) {
        this.source = source;
        this.byText = byText;
        this.others = others;
    }

    @Override
    public @Nullable Candidate<T> first(RequestTarget request, @Nullable Set<String> allow) {
        var best = others.first(request, allow);
        var values = source.values(request);
        for (int i = 0; i < values.size(); i++) {
            var choice = byText.get(values.get(i));
            var candidate = choice == null ? null : choice.first(request, allow);
            if (candidate != null && (best == null || candidate.compareTo(best) < 0)) {
                best = candidate;
            }
        }
        return best;
    }
}
