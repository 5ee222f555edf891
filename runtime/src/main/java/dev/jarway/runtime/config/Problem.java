package dev.jarway.runtime.config;

/**
 * One thing that is wrong with a document.
 *
 * @param pointer where, as a JSON pointer (RFC 6901): {@code /routes/3/match/path}; empty for the whole document
 * @param detail what was found there, secrets left out
 * @param expected what would have been right
 */
public record Problem(String pointer, String detail, String expected) {

    /** As in logs: {@code /listeners/0/port: 99999 (expected: at most 65535)}. */
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "" : pointer + ": ") + detail + " (expected: " + expected + ")";
    }
}
