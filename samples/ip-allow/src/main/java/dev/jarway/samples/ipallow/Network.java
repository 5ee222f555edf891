package dev.jarway.samples.ipallow;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The addresses, of IPv4 or of IPv6, whose first bits are the same: {@code 10.0.0.0/8}. */
final class Network {
    /** No name fits, so none is ever looked up. */
    private static final Pattern CIDR =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(?:/([0-9]{1,3}))?");

    private final byte[] address;
    private final int bits;

    private Network(byte[] address, int bits) {
        this.address = address;
        this.bits = bits;
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException for a text that is no network, naming its place
     */
    static List<Network> all(String list, List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(i -> parse(list + "[" + i + "]", texts.get(i)))
                .toList();
    }

    private static Network parse(String place, String text) {
        var cidr = CIDR.matcher(text);
        if (!cidr.matches()) {
            throw new IllegalArgumentException(
                    place + ": '" + text + "' (expected: an address, or a network such as 10.0.0.0/8 or fd00::/8)");
        }
        byte[] address = address(place, cidr.group(1));
        int all = address.length * 8;
        int bits = cidr.group(2) == null ? all : Integer.parseInt(cidr.group(2));
        if (bits > all) {
            throw new IllegalArgumentException(place + ": '" + text + "' (expected: /0 to /" + all + ")");
        }
        return new Network(address, bits);
    }

    private static byte[] address(String place, String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(place + ": '" + literal + "' (expected: an address)", e);
        }
    }

    /** Whether an address, as {@link InetAddress#getAddress} has it, is one of them. */
    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int differs = Arrays.mismatch(address, other);
        if (differs < 0) {
            return true;
        }
        int sameOfByte = Integer.numberOfLeadingZeros((address[differs] ^ other[differs]) & 0xff) - 24;
        return differs * 8 + sameOfByte >= bits;
    }
}
