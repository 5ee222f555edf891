package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The routes of one host and one path: which of them a request takes is up to methods, headers and query. */
sealed interface Choice<T> permits Candidate, RankedChoice, ValueChoice {

    /** Up to so many routes it is quicker to try one after the other. */
    int FEW = 8;

    /**
     * The first by rank that fits. Where {@code allow} is given none is taken: each that fits but for its method adds its
     * methods there.
     */
    @Nullable
    Candidate<T> first(RequestTarget request, @Nullable Set<String> allow);

    static <T> Choice<T> of(List<Candidate<T>> candidates) {
        return of(candidates, Set.of());
    }

    /** Sources in {@code used} tell these candidates apart no further. */
    static <T> Choice<T> of(List<Candidate<T>> candidates, Set<ValueSource> used) {
        if (candidates.size() == 1) {
            return candidates.getFirst();
        }
        var source = candidates.size() <= FEW ? null : mostUsed(candidates, used);
        if (source == null) {
            return new RankedChoice<>(candidates);
        }
        var byText = new HashMap<String, List<Candidate<T>>>();
        var others = new ArrayList<Candidate<T>>();
        for (var candidate : candidates) {
            var text = text(candidate, source);
            (text == null ? others : byText.computeIfAbsent(text, key -> new ArrayList<>())).add(candidate);
        }
        var usedHere = new HashSet<>(used);
        usedHere.add(source);
        Map<String, Choice<T>> choices = HashMap.newHashMap(byText.size());
        byText.forEach((text, group) -> choices.put(text, of(group, usedHere)));
        return new ValueChoice<>(source, Map.copyOf(choices), of(others, usedHere));
    }

    /** The source by whose text the most candidates can be told apart; null if by none more than a few. */
    private static <T> @Nullable ValueSource mostUsed(List<Candidate<T>> candidates, Set<ValueSource> used) {
        var uses = new HashMap<ValueSource, Integer>();
        for (var candidate : candidates) {
            for (var condition : candidate.conditions()) {
                if (condition.test() instanceof ValueTest.Text && !used.contains(condition.source())) {
                    uses.merge(condition.source(), 1, Integer::sum);
                }
            }
        }
        return uses.entrySet().stream()
                .filter(entry -> entry.getValue() > FEW)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
    }

    private static @Nullable String text(Candidate<?> candidate, ValueSource source) {
        for (var condition : candidate.conditions()) {
            if (condition.source().equals(source) && condition.test() instanceof ValueTest.Text text) {
                return text.text();
            }
        }
        return null;
    }
}
