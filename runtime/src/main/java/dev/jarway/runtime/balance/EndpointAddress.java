package dev.jarway.runtime.balance;

import dev.jarway.plugin.Endpoint;
import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where an endpoint is. Equal for two that are reached in the same way.
 *
 * @param scheme {@code http} or {@code https}
 * @param host what stands in the URL, in lower case: a name, or an address without brackets
 * @param port the port
 * @param ip one address of the name, if it has been looked up
 */
public record EndpointAddress(String scheme, String host, int port, Optional<String> ip) {

    /** As a URL says; its host has not been looked up. */
    static EndpointAddress of(Endpoint endpoint) {
        return new EndpointAddress(
                endpoint.url().getScheme(),
                endpoint.host().toLowerCase(Locale.ROOT),
                endpoint.port(),
                Optional.empty());
    }

    /** The same, at that address of its name. */
    EndpointAddress at(String address) {
        return new EndpointAddress(scheme, host, port, Optional.of(address));
    }

    /** Whether the host is a name, which has to be looked up. */
    boolean isName() {
        return !NetUtil.isValidIpV4Address(host) && !NetUtil.isValidIpV6Address(host);
    }

    /** Whether it is spoken to over TLS. */
    public boolean secure() {
        return scheme.equals("https");
    }

    /** What a connection is opened to; a name is looked up then, if that has not been done. */
    public SocketAddress socket() {
        return SocketAddress.inetSocketAddress(port, bracketed(ip.orElse(host))); // Vert.x knows no other form there.
    }

    /** As a URL, with the address in place of the name if that is known. */
    URI url() {
        return URI.create(scheme + "://" + bracketed(ip.orElse(host)) + ":" + port);
    }

    /** As it stands before a port: an address of IPv6 in brackets. */
    static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    @Override
    public String toString() {
        return ip.isPresent() ? url() + " (" + host + ")" : url().toString();
    }
}
