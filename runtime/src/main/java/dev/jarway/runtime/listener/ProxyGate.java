package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.Network;
import dev.jarway.runtime.config.ProxyProtocolConfig;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may connect to a listener where proxies say whom they speak for: these proxies alone, since their word is taken. */
final class ProxyGate {
    private static final Logger log = LoggerFactory.getLogger(ProxyGate.class);

    private final Optional<List<Network>> proxies;

    private ProxyGate(Optional<List<Network>> proxies) {
        this.proxies = proxies;
    }

    /** The gate of a listener; where it has no proxies, everybody may connect. */
    static ProxyGate of(ListenerConfig config) {
        return new ProxyGate(config.proxyProtocol().map(ProxyProtocolConfig::networks));
    }

    /** Whether everybody may connect. */
    boolean isOpen() {
        return proxies.isEmpty();
    }

    /** Whether the other end of that connection may speak here. */
    boolean admits(Channel connection) {
        return proxies.isEmpty() || isProxy(connection, proxies.get());
    }

    private static boolean isProxy(Channel connection, List<Network> proxies) {
        InetAddress peer = ClientAddress.of(connection);
        if (peer == null) {
            return false; // It has gone already.
        }
        boolean known = proxies.stream().anyMatch(network -> network.contains(peer));
        if (!known) {
            log.debug("{} is none of the proxies that may connect here", peer);
        }
        return known;
    }
}
