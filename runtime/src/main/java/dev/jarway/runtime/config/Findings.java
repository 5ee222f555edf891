package dev.jarway.runtime.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The problems that checks have found so far. */
final class Findings {
    private final HiddenValues hidden;
    private final List<Problem> problems = new ArrayList<>();

    Findings(HiddenValues hidden) {
        this.hidden = hidden;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** The value itself is wrong. */
    void add(Cursor where, String expected) {
        add(where, "", expected);
    }

    /** The value is wrong, and there is more to say about it. */
    void add(Cursor where, String more, String expected) {
        var value = Wording.found(where.node(), hidden.hides(where.pointer()));
        problems.add(new Problem(where.pointer(), value + more, expected));
    }

    /** Holds a text, if it is one, to a syntax, which says what it expected if the text does not fit. */
    void hold(Cursor where, Function<String, Optional<String>> syntax) {
        where.text().flatMap(syntax).ifPresent(expected -> add(where, expected));
    }
}
