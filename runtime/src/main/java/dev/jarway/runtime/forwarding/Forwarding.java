package dev.jarway.runtime.forwarding;

import dev.jarway.runtime.config.ForwardedConfig;
import dev.jarway.runtime.config.Network;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.Provenance;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Whom a listener believes of those in front of it who tell whom they speak for, and how services are told. Shared by all event
 * loops.
 */
public final class Forwarding {
    private final List<Network> trusted;
    private final ForwardedConfig config;

    /** As a listener is configured. */
    public Forwarding(ForwardedConfig config) {
        this.trusted = config.networks();
        this.config = config;
    }

    /** From where a request comes. Takes off what tells of that, before a filter can see it, be it believed or not. */
    public Provenance read(HttpServerRequest request) {
        MultiMap fields = request.headers();
        Provenance direct = Provenance.direct(request);
        boolean believed = trusts(direct.client());
        Provenance found = believed ? walk(direct.client(), hops(fields)) : direct;
        ForwardedFields.strip(fields, believed && config.read() == ForwardedConfig.Read.X_FORWARDED);
        return found;
    }

    /** Tells a service from where a request comes. */
    public void write(ExchangeRequest request) {
        if (config.write() != ForwardedConfig.Write.FORWARDED) {
            ForwardedFields.writeXForwarded(request);
        }
        if (config.write() != ForwardedConfig.Write.X_FORWARDED) {
            ForwardedFields.writeForwarded(request);
        }
        if (config.realIp()) {
            ForwardedFields.writeRealIp(request);
        }
    }

    private Iterator<Optional<Hop>> hops(MultiMap fields) {
        return switch (config.read()) {
            case X_FORWARDED -> XForwardedHops.of(fields);
            case FORWARDED ->
                ForwardedElement.lastFirst(fields.getAll(ForwardedFields.FORWARDED)).stream()
                        .map(ForwardedElement::parse)
                        .iterator();
        };
    }

    /** From the peer backwards, as far as the one who speaks is trusted and can be understood. */
    private Provenance walk(InetSocketAddress peer, Iterator<Optional<Hop>> hops) {
        Deque<InetSocketAddress> path = new ArrayDeque<>(List.of(peer));
        Hop last = Hop.SILENT;
        while (hops.hasNext() && trusts(path.getFirst())) {
            Optional<Hop> hop = hops.next();
            last = hop.orElse(last);
            Optional<InetSocketAddress> from = hop.flatMap(Hop::from);
            if (from.isEmpty()) {
                break;
            }
            path.addFirst(from.get());
        }
        return new Provenance(List.copyOf(path), last.scheme(), last.host(), last.port());
    }

    private boolean trusts(InetSocketAddress proxy) {
        InetAddress address = proxy.getAddress();
        if (address == null) {
            return false; // It has gone already, or has none.
        }
        for (Network network : trusted) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
