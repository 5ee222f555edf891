package dev.jarway.runtime.snapshot;

/** A change was meant for another revision than the one in force when its turn came. Nothing was changed. */
public final class ChangedMeanwhileException extends Exception {
    private static final long serialVersionUID = 1;

    private final String etag;

    ChangedMeanwhileException(String etag) {
        super("another ETag is current: " + etag);
        this.etag = etag;
    }

    /** The entity tag of the configuration in force. */
    public String etag() {
        return etag;
    }
}
