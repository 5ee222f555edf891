package dev.jarway.runtime.routing;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A choice among few routes, or among ones that nothing tells apart at once: they are tried by rank. */
final class RankedChoice<T> implements Choice<T> {
    private final List<Candidate<T>> ranked;

    RankedChoice(List<Candidate<T>> candidates) {
        this.ranked = candidates.stream().sorted().toList();
    }

    @Override
    public @Nullable Candidate<T> first(RequestTarget request, @Nullable Set<String> allow) {
        for (int i = 0; i < ranked.size(); i++) {
            var found = ranked.get(i).first(request, allow);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
