package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.Cork;
import dev.jarway.runtime.admission.OrderlyFlow;
import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.admission.SendBacklog;
import dev.jarway.runtime.balance.EndpointAddress;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connections that one event loop has open to endpoints, and which of them are in use. Belongs to that event loop. */
final class OpenConnections {
    /** By which a connection that is let go of would be cut, if a request came in between after all. */
    private static final Duration LAST_REQUEST = Duration.ofMinutes(1);

    private final Map<HttpConnection, Use> open = new HashMap<>();

    private static final class Use {
        private boolean opened;
        private int calls;
        private boolean leaving;
    }

    /** Whether none is open. */
    boolean isEmpty() {
        return open.isEmpty();
    }

    void opened(HttpConnection connection) {
        use(connection).opened = true;
        connection.closeHandler(closed -> open.remove(connection));
        connection.exceptionHandler(told -> {}); // Its call is told too, and says more.
        if (connection instanceof HttpClientConnection client) {
            setUp(client.channelHandlerContext().channel());
        }
    }

    private static void setUp(Channel channel) {
        ReadTurn.shorten(channel);
        SendBacklog.bound(channel);
        Http2ConnectionHandler http2 = channel.pipeline().get(Http2ConnectionHandler.class);
        if (http2 != null) {
            OrderlyFlow.on(http2);
            Cork.placeBefore(channel.pipeline(), http2);
        }
    }

    /** A call begins to use a connection, perhaps before it has been told that this is open, or after it has closed. */
    void taken(HttpConnection connection) {
        use(connection).calls++;
    }

    /** A call does not use it any more. */
    void givenBack(HttpConnection connection) {
        Use use = open.get(connection);
        if (use == null || --use.calls > 0) {
            return;
        }
        if (!use.opened) {
            open.remove(connection);
        } else if (use.leaving) {
            letGo(connection);
        }
    }

    private Use use(HttpConnection connection) {
        return open.computeIfAbsent(connection, first -> new Use());
    }

    /** Closes the connections to an endpoint: those that are idle at once, the others when they are given back. */
    void leave(EndpointAddress address) {
        List<Map.Entry<HttpConnection, Use>> concerned = open.entrySet().stream()
                .filter(entry -> leadsTo(entry.getKey().remoteAddress(), address))
                .map(Map.Entry::copyOf)
                .toList();
        for (Map.Entry<HttpConnection, Use> entry : concerned) {
            entry.getValue().leaving = true;
            if (entry.getValue().calls == 0) {
                letGo(entry.getKey());
            }
        }
    }

    static boolean leadsTo(SocketAddress remote, EndpointAddress address) {
        String host = address.ip().orElse(address.host());
        return remote.port() == address.port()
                && (host.equals(remote.hostName()) || isSame(host, remote.hostAddress()));
    }

    /** An address of IPv6 has several forms. */
    private static boolean isSame(String host, @Nullable String address) {
        byte[] octets = NetUtil.createByteArrayFromIpAddressString(host);
        return address != null
                && octets != null
                && Arrays.equals(octets, NetUtil.createByteArrayFromIpAddressString(address));
    }

    private static void letGo(HttpConnection connection) {
        var unused = connection.shutdown(LAST_REQUEST);
    }
}
