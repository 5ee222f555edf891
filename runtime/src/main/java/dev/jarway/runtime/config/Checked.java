package dev.jarway.runtime.config;

import java.util.List;

/**
 * What came of a check: the thing itself, or all that is wrong with it.
 *
 * @param <T> the thing
 */
public sealed interface Checked<T> {

    /** Nothing is wrong. */
    record Valid<T>(T value) implements Checked<T> {}

    /** Something is wrong; at least one problem says what. */
    record Invalid<T>(List<Problem> problems) implements Checked<T> {
        public Invalid {
            problems = List.copyOf(problems);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("problems: empty (expected: at least one)");
            }
        }
    }

    /** What is wrong; empty if valid. */
    default List<Problem> problems() {
        return switch (this) {
            case Valid<T> valid -> List.of();
            case Invalid<T> invalid -> invalid.problems();
        };
    }

    /**
     * The thing itself.
     *
     * @throws IllegalStateException naming every problem, if there are any
     */
    default T value() {
        return switch (this) {
            case Valid<T> valid -> valid.value();
            case Invalid<T> invalid ->
                throw new IllegalStateException(String.join(
                        "\n", invalid.problems().stream().map(Problem::toString).toList()));
        };
    }
}
