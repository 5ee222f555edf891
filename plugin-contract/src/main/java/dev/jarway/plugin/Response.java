package dev.jarway.plugin;

/** The response of an exchange, as it stands after the filters so far, and as it will be sent to the client. */
public interface Response {

    /** The status code, 200 to 599. */
    int status();

    /** Changes the status code, 200 to 599. With 204, 205 and 304 no body is sent, whatever there is. */
    void setStatus(int status);

    /** The header fields. */
    Headers headers();

    /** Whether a body follows or has been collected. */
    boolean hasBody();

    /**
     * Puts another body in place of the one that was collected; {@code content-length} follows it. Only in
     * {@link Filter#onResponseBody}, or in a function that this method awaits.
     *
     * @throws IllegalStateException at any other time
     */
    void replaceBody(Bytes body);
}
