package dev.jarway.runtime.exchange;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.SocketAddressImpl;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * From where a request comes: who sent it, and what trusted proxies have said of how it was asked for.
 *
 * @param path the client, then the trusted proxies that the request came through, in order; the last is the peer of the connection
 * @param scheme what the client speaks, {@code http} or {@code https}; empty if no proxy has said so
 * @param host what the client asked for, with its port if it had one; empty if no proxy has said so
 * @param port the port that the client came to; empty if no proxy has said so
 */
public record Provenance(
        List<InetSocketAddress> path, Optional<String> scheme, Optional<String> host, OptionalInt port) {
    public Provenance {
        path = List.copyOf(path);
    }

    /** From the peer of the connection, of whom nobody else has said anything. */
    public static Provenance direct(InetSocketAddress peer) {
        return new Provenance(List.of(peer), Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    /** The same, of a request as the listener has it. */
    public static Provenance direct(HttpServerRequest received) {
        return direct(inet(received.remoteAddress()));
    }

    /** Who sent it. The port is 0 where only a proxy knows it. */
    public InetSocketAddress client() {
        return path.getFirst();
    }

    static InetSocketAddress inet(@Nullable SocketAddress address) {
        if (address instanceof SocketAddressImpl known && known.ipAddress() != null) {
            return new InetSocketAddress(known.ipAddress(), address.port());
        }
        if (address == null || address.hostAddress() == null) {
            return InetSocketAddress.createUnresolved("unknown", 0); // The connection closed before it was asked.
        }
        return new InetSocketAddress(address.hostAddress(), address.port());
    }
}
