package dev.jarway.loader.holder;

/** A part of the JDK cannot be looked into. The message says how the JVM would have to be started. */
final class ClosedToUsException extends ReflectiveOperationException {
    private static final long serialVersionUID = 1L;

    ClosedToUsException(String message, Throwable cause) {
        super(message, cause);
    }
}
