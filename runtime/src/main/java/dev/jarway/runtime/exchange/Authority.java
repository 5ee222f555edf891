package dev.jarway.runtime.exchange;

import io.netty.util.NetUtil;
import java.util.Locale;

/**
 * Whom a request is for: the host field, {@code :authority}, or that part of a target in absolute-form.
 *
 * @param host in lower case
 * @param port -1 if there is none
 */
public record Authority(String host, int port) {
    private static final int LONGEST = 255;

    /**
     * Reads {@code uri-host [ ":" port ]} (RFC 9110 section 7.2). Stricter than the grammar of URIs: a name has no
     * percent-encoding, no empty label but the last, and none of the characters {@code !$&'()*+,;=}, by which several names or
     * a user could be meant.
     *
     * @throws IllegalArgumentException saying what was expected
     */
    public static Authority parse(String text) {
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        int hostEnd = end < 0 ? text.length() : end;
        String host = withoutIpv4(text.substring(0, hostEnd));
        checkHost(host);
        if (hostEnd == text.length()) {
            return new Authority(host.toLowerCase(Locale.ROOT), -1);
        }
        if (text.charAt(hostEnd) != ':') {
            throw new IllegalArgumentException("host: something other than a port after the address");
        }
        return new Authority(host.toLowerCase(Locale.ROOT), port(text, hostEnd + 1));
    }

    /**
     * An address of IPv6 with its last 32 bits in hexadecimal digits too, since not everybody knows the other form (RFC 4291
     * section 2.2).
     */
    private static String withoutIpv4(String host) {
        int last = host.lastIndexOf(':') + 1;
        if (!host.startsWith("[") || !host.endsWith("]") || host.indexOf('.', last) < 0) {
            return host;
        }
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(host.substring(last, host.length() - 1));
        if (octets == null || octets.length != 4) {
            return host;
        }
        int high = (octets[0] & 0xff) << 8 | (octets[1] & 0xff);
        int low = (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
        return host.substring(0, last) + Integer.toHexString(high) + ":" + Integer.toHexString(low) + "]";
    }

    private static void checkHost(String host) {
        if (host.isEmpty() || host.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "host: " + host.length() + " characters (expected: 1 to " + LONGEST + ")");
        }
        if (host.charAt(0) == '[') {
            if (!NetUtil.isValidIpV6Address(host) || host.indexOf('%') >= 0) {
                throw new IllegalArgumentException("host: no IPv6 address between the brackets");
            }
            return;
        }
        char before = '.';
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            boolean label = c == '.' && before != '.';
            if (!plain && !label && c != '-' && c != '_' && c != '~') {
                throw new IllegalArgumentException("host: character " + (int) c + " at index " + i
                        + " (expected: letters, digits, '-' and '.', or an IPv6 address in brackets)");
            }
            before = c;
        }
    }

    /** A colon with nothing after it is no port either (RFC 3986 section 3.2.3). */
    private static int port(String text, int from) {
        if (from == text.length()) {
            return -1;
        }
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || i - from > 4) {
                throw new IllegalArgumentException("host: port (expected: 1 to 65535)");
            }
            port = port * 10 + (c - '0');
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("host: port (expected: 1 to 65535)");
        }
        return port;
    }

    /** Host, and port if there is one. */
    @Override
    public String toString() {
        return port < 0 ? host : host + ":" + port;
    }
}
