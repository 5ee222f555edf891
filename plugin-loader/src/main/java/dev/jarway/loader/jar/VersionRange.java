package dev.jarway.loader.jar;

import com.github.zafarkhaja.semver.ParseException;
import com.github.zafarkhaja.semver.Version;
import com.github.zafarkhaja.semver.expr.ExpressionParser;
import java.util.function.Predicate;

/** A range of semantic versions, written as PF4J has it: {@code >=1.2.0 & <2.0.0}, {@code 1.x}, {@code *}. */
final class VersionRange {
    private static final String ANY = "*";

    /** The parser recurses into brackets. */
    private static final int LONGEST = 256;

    private final Predicate<Version> contains;

    private VersionRange(Predicate<Version> contains) {
        this.contains = contains;
    }

    /** @throws IllegalArgumentException if the text is no range */
    static VersionRange parse(String text) {
        if (text.equals(ANY)) {
            return new VersionRange(version -> true);
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(text.length() + " characters (expected: at most " + LONGEST + ")");
        }
        try {
            return new VersionRange(ExpressionParser.newInstance().parse(text));
        } catch (ParseException e) {
            throw new IllegalArgumentException(text + ": " + e, e);
        }
    }

    boolean contains(String version) {
        return contains.test(Version.parse(version));
    }
}
