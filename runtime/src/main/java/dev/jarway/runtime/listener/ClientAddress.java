package dev.jarway.runtime.listener;

import io.netty.channel.Channel;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** From where a connection comes; null where it has gone already, or has no such address. */
final class ClientAddress {

    private ClientAddress() {}

    /** Who is at the other end. */
    static @Nullable InetAddress of(Channel accepted) {
        return accepted.remoteAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    /** Who is at the other end of a connection over QUIC that has just begun. */
    static @Nullable InetAddress of(QuicChannel beginning) {
        return beginning.remoteSocketAddress() instanceof InetSocketAddress inet ? inet.getAddress() : null;
    }

    /** Whom that one speaks for, if it is a proxy that says so. */
    static @Nullable InetAddress of(HttpConnection connection) {
        SocketAddress remote = connection.remoteAddress();
        return remote == null || remote.hostAddress() == null
                ? null
                : NetUtil.createInetAddressFromIpAddressString(remote.hostAddress());
    }
}
