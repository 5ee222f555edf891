package dev.jarway.plugin;

import java.util.List;
import java.util.Optional;

/**
 * The request of an exchange, as it stands after the filters so far. What is changed here is what is matched against the
 * routes afterwards, and what is sent to the service.
 */
public interface Request {

    /** The method, in upper case as a rule: methods are case-sensitive (RFC 9110 section 9.1). */
    String method();

    /** Changes the method. It must be a token. */
    void setMethod(String method);

    /** {@code http} or {@code https}: what the client speaks to the gateway, or to a proxy in front that is trusted. */
    String scheme();

    /** The host that was asked for, in lower case, without a port. */
    String host();

    /** Changes the host, and with it the {@code Host} field that is sent. */
    void setHost(String host);

    /** Path and query as they are sent, percent-encoded: {@code /orders/7?full=1}. Begins with a slash, or is {@code *}. */
    String target();

    /** Changes path and query. Must be in origin-form (RFC 9112 section 3.2.1): begins with a slash, has no white space. */
    void setTarget(String target);

    /** The path of the target, percent-encoded as it came. */
    String path();

    /**
     * The first value of a query parameter, decoded as a form is: {@code &} alone separates parameters, {@code +} is a space, a
     * {@code %} that begins no escape stands for itself, and octets that are no UTF-8 become U+FFFD. Empty text if there is no
     * {@code =}.
     */
    Optional<String> query(String name);

    /** All values of a query parameter, decoded likewise, in order. */
    List<String> queryAll(String name);

    /** The value of a cookie, without surrounding quotes. */
    Optional<String> cookie(String name);

    /** The header fields. {@code Host} is read and changed through {@link #host()}. */
    Headers headers();

    /** Whether a body follows or has been collected. */
    boolean hasBody();

    /**
     * Puts another body in place of the one that was collected; {@code content-length} follows it. Only in
     * {@link Filter#onRequestBody}, or in a function that this method awaits.
     *
     * @throws IllegalStateException at any other time
     */
    void replaceBody(Bytes body);
}
