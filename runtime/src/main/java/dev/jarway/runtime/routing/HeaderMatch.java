package dev.jarway.runtime.routing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** What is asked of the headers of a request, as a route's match writes it: for each name, that one of its values fits. */
public final class HeaderMatch {
    private final List<Asked> asked;

    private HeaderMatch(List<Asked> asked) {
        this.asked = asked;
    }

    private record Asked(String name, ValueTest test) {}

    /** As the configuration has it: for each name {@code *}, {@code ~} and a regular expression, or the text itself. */
    public static HeaderMatch of(Map<String, String> headers) {
        return new HeaderMatch(headers.entrySet().stream()
                .map(header -> new Asked(header.getKey().toLowerCase(Locale.ROOT), ValueTest.of(header.getValue())))
                .toList());
    }

    /**
     * Whether all of it holds. An expression that gives up does not fit.
     *
     * @param values gives the values of a header
     */
    public boolean fits(Function<String, List<String>> values) {
        try {
            return asked.stream()
                    .allMatch(header -> values.apply(header.name()).stream()
                            .anyMatch(value -> header.test().passes(value)));
        } catch (UndecidedException e) {
            return false;
        }
    }
}
