package dev.jarway.runtime.exchange;

/**
 * The request line and host of a request, in the form that the gateway works with.
 *
 * @param method as it came
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port as it stood beside the host; -1 if it did not
 * @param target in origin-form (RFC 9112 section 3.2.1), or {@code *}
 */
public record RequestHead(String method, String scheme, String host, int port, String target) {

    /** The host, if it is one (RFC 3986 section 3.2.2, without percent-encoding); {@link IllegalArgumentException} otherwise. */
    public static String checkedHost(String host) {
        boolean bracketed = host.length() > 2 && host.startsWith("[") && host.endsWith("]");
        String inner = bracketed ? host.substring(1, host.length() - 1) : host;
        String allowed = bracketed ? ":.%" : "-._~!$&'()*+,;=";
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (!plain && allowed.indexOf(c) < 0) {
                throw new IllegalArgumentException("host: character " + (int) c + " at index " + i
                        + " (expected: letters, digits, '-' and '.', or an IPv6 address in brackets)");
            }
        }
        if (inner.isEmpty()) {
            throw new IllegalArgumentException("host: empty (expected: a name or an address)");
        }
        return host;
    }

    /** The target, if it can be sent as it is; {@link IllegalArgumentException} otherwise. */
    public static String checkedTarget(String target) {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException(
                    "target: does not begin with '/' (expected: a path, and perhaps a query)");
        }
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#' || c == '\\') {
                throw new IllegalArgumentException("target: character " + (int) c + " at index " + i
                        + " (expected: printable ASCII without space, '#' and '\\')");
            }
        }
        return target;
    }
}
