package dev.jarway.runtime.routing;

/** Says that a {@link BoundedRegex} has given up. Without a stack trace: clients can cause it at will. */
final class UndecidedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UndecidedException() {
        super("undecided", null, false, false);
    }
}
