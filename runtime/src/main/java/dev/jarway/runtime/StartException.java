package dev.jarway.runtime;

import dev.jarway.runtime.config.Problem;
import java.util.List;

/** Why a gateway has not started. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final transient List<Problem> problems;

    /** What kept it from starting. */
    public enum Kind {
        /** The configuration cannot be read, or is wrong. */
        CONFIG,
        /** An address cannot be bound. */
        ADDRESS,
        /** A file or directory cannot be used. */
        FILES,
        /** There is no gateway to succeed, or it does not hand over. */
        UPGRADE
    }

    StartException(Kind kind, String message, List<Problem> problems) {
        super(message);
        this.kind = kind;
        this.problems = List.copyOf(problems);
    }

    StartException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.problems = List.of();
    }

    /** A file or directory cannot be used. */
    public static StartException files(String message, Throwable cause) {
        return new StartException(Kind.FILES, message, cause);
    }

    /** An address cannot be bound. */
    public static StartException address(String message, Throwable cause) {
        return new StartException(Kind.ADDRESS, message, cause);
    }

    /** There is no gateway to succeed, or it does not hand over. */
    public static StartException upgrade(String message, Throwable cause) {
        return new StartException(Kind.UPGRADE, message, cause);
    }

    /** What kept it from starting. */
    public Kind kind() {
        return kind;
    }

    /** All that is wrong with the configuration, if that is why. */
    public List<Problem> problems() {
        return problems;
    }
}
