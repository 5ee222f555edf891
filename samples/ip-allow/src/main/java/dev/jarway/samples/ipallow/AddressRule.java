package dev.jarway.samples.ipallow;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which addresses may call. The lists are looked through in order: fine for some hundreds of networks. */
final class AddressRule {
    private final Network[] allow;
    private final Network[] deny;

    AddressRule(List<Network> allow, List<Network> deny) {
        this.allow = allow.toArray(Network[]::new);
        this.deny = deny.toArray(Network[]::new);
    }

    /** Whether it may; a client that was gone before it could be asked for its address may not. */
    boolean permits(@Nullable InetAddress client) {
        if (client == null) {
            return false;
        }
        // These few bytes are all that is made for a request.
        byte[] address = client.getAddress();
        return !anyContains(deny, address) && (allow.length == 0 || anyContains(allow, address));
    }

    private static boolean anyContains(Network[] networks, byte[] address) {
        for (var network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
