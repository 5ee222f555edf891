package dev.jarway.loader.heap;

/** A heap could not be searched. The message says why, and what was expected. */
public final class HeapSearchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeapSearchException(String message) {
        super(message);
    }

    HeapSearchException(String message, Throwable cause) {
        super(message, cause);
    }
}
