package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.proxy.ProxyLoop;
import io.netty.handler.codec.quic.Quic;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The side of a listener that speaks HTTP/3: a UDP socket for each event loop, all on the port that the listener has over TCP. */
final class Http3Side {
    private final List<QuicSocket> sockets;

    private Http3Side(List<QuicSocket> sockets) {
        this.sockets = List.copyOf(sockets);
    }

    /** Binds the port; fails if anybody has it who is not a listener of this address. */
    static Future<Http3Side> open(HttpListener listener, EventLoops loops) {
        if (!Quic.isAvailable()) {
            return Future.failedFuture(
                    new IOException("HTTP/3 is not available on this machine", Quic.unavailabilityCause()));
        }
        try {
            if (!listener.front().udp().isOpen()) {
                requireFree(listener.config(), listener.port());
            }
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        List<Future<QuicSocket>> opening = new ArrayList<>();
        for (ProxyLoop loop : loops.all()) {
            opening.add(QuicSocket.bind(listener, loop));
        }
        return Future.join(opening)
                .map(all -> new Http3Side(all.<QuicSocket>list()))
                .recover(failure -> {
                    opening.stream()
                            .filter(Future::succeeded)
                            .forEach(opened -> opened.result().shutdown(Duration.ZERO));
                    return Future.failedFuture(failure);
                });
    }

    /** The sockets of the event loops share the port, and would share it with those of others: the kernel asks nobody. */
    private static void requireFree(ListenerConfig config, int port) throws IOException {
        try (DatagramSocket probe = new DatagramSocket(null)) {
            probe.setReuseAddress(false);
            probe.bind(new InetSocketAddress(config.host(), port));
        }
    }

    /** Says good-bye to all connections, and closes each as soon as its requests are over, at the latest then. */
    Future<Void> shutdown(Duration deadline) {
        return Future.join(sockets.stream()
                        .map(socket -> socket.shutdown(deadline))
                        .toList())
                .mapEmpty();
    }
}
