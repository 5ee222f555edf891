package dev.jarway.plugin;

/**
 * A piece of a body on its way. What stands in it when a filter's data method proceeds is what the next filter sees, and in
 * the end what is sent. Valid until then.
 */
public interface Chunk {

    /** What the piece holds now; may be empty. */
    Bytes bytes();

    /**
     * Whether no piece follows. Exactly one piece of every body is the last. It may be empty, or hold the end of the body, or
     * all of it: that differs with what the sender has said of the length, and from one time to the next.
     */
    boolean last();

    /**
     * Puts other bytes in their place. Empty bytes hold the piece back; whether it is the last does not change. If the body's
     * length changes by this, the filter's headers method has to remove {@code content-length}; a body that is longer or
     * shorter than was announced is broken off.
     */
    void replace(Bytes bytes);
}
