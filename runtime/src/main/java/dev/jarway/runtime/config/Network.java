package dev.jarway.runtime.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses of IPv4 or IPv6 that begin alike.
 *
 * @param address one of them
 * @param bits how many bits all of them share with it
 */
public record Network(InetAddress address, int bits) {
    static final String EXPECTED = "an address, or a network such as 10.0.0.0/8 or fd00::/8";

    /** What a name would not fit, so that none is ever looked up. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

    /** Reads an address, or an address and a number of bits; {@link IllegalArgumentException} for anything else. */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        String bits = slash < 0 ? "" : text.substring(slash + 1);
        if (!LITERAL.matcher(literal).matches()
                || (slash >= 0 && !BITS.matcher(bits).matches())) {
            throw new IllegalArgumentException(text + " (expected: " + EXPECTED + ")");
        }
        try {
            InetAddress address = InetAddress.getByName(literal);
            int all = address.getAddress().length * 8;
            int shared = slash < 0 ? all : Integer.parseInt(bits);
            if (shared > all) {
                throw new IllegalArgumentException(text + " (expected: at most " + all + " bits)");
            }
            return new Network(address, shared);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text + " (expected: " + EXPECTED + ")", e);
        }
    }

    /** Empty for a text that is one, else what was expected. */
    static Optional<String> check(String text) {
        try {
            parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(EXPECTED);
        }
    }

    /** Whether an address is in it. */
    public boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (mine[i] != theirs[i]) {
                return false;
            }
        }
        int rest = bits % 8;
        return rest == 0 || (mine[whole] >> (8 - rest)) == (theirs[whole] >> (8 - rest));
    }
}
