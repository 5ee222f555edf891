package dev.jarway.runtime.cli;

/** What was written behind {@code jarway} cannot be carried out; the message says why. */
final class WrongArgumentsException extends Exception {
    private static final long serialVersionUID = 1;

    WrongArgumentsException(String message) {
        super(message);
    }

    WrongArgumentsException(String message, Throwable cause) {
        super(message, cause);
    }
}
