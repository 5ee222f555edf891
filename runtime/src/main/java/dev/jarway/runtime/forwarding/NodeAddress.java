package dev.jarway.runtime.forwarding;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** The address of a client or proxy as header fields have it, with or without a port, those of IPv6 perhaps in brackets. */
final class NodeAddress {
    private static final int LONGEST_PORT = 5;

    private NodeAddress() {}

    /** Reads one. Empty for what is none: a name, {@code unknown}, or what stands for an address (RFC 7239 section 6). */
    static Optional<InetSocketAddress> parse(String text) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            return end < 0 ? Optional.empty() : parse(text.substring(1, end), text.substring(end + 1));
        }
        int colon = text.indexOf(':');
        boolean portBehind = colon >= 0 && colon == text.lastIndexOf(':');
        return portBehind ? parse(text.substring(0, colon), text.substring(colon)) : parse(text, "");
    }

    private static Optional<InetSocketAddress> parse(String address, String behind) {
        boolean known = NetUtil.isValidIpV4Address(address)
                || (NetUtil.isValidIpV6Address(address) && address.indexOf('%') < 0);
        int port = port(behind);
        if (!known || port < 0) {
            return Optional.empty();
        }
        try {
            // An IPv4 address in the form of IPv6 becomes one of IPv4, by which networks know it.
            byte[] octets = NetUtil.createByteArrayFromIpAddressString(address);
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(octets), port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address that was read has no address's length", e);
        }
    }

    /** Of a colon and a port; 0 if there is none, or only what stands for one; -1 if it is something else. */
    private static int port(String behind) {
        if (behind.isEmpty() || behind.startsWith(":_")) {
            return 0;
        }
        boolean fits = behind.charAt(0) == ':' && behind.length() > 1 && behind.length() <= LONGEST_PORT + 1;
        if (!fits || !behind.substring(1).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int port = Integer.parseInt(behind.substring(1));
        return port <= 65_535 ? port : -1;
    }
}
