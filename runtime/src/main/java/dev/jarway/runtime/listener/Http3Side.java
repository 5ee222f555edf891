package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.proxy.ProxyLoop;
import io.netty.handler.codec.quic.Quic;
import io.vertx.core.Future;
import io.vertx.core.http.Http3ServerConfig;
import io.vertx.core.http.Http3Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The side of a listener that speaks HTTP/3: a UDP socket for each event loop, all on the port that the listener has over TCP. What
 * belongs to one connection reaches one of them, wherever the kernel has put it.
 */
final class Http3Side {
    private final List<HttpServer> servers;
    private final ClientTerms clients;

    private Http3Side(List<HttpServer> servers, ClientTerms clients) {
        this.servers = List.copyOf(servers);
        this.clients = clients;
    }

    /**
     * Binds the port.
     *
     * @param shared whether another listener of this gateway has it; otherwise this fails if anybody has
     */
    static Future<Http3Side> open(HttpListener listener, boolean shared, EventLoops loops) {
        if (!Quic.isAvailable()) {
            return Future.failedFuture(
                    new IOException("HTTP/3 is not available on this machine", Quic.unavailabilityCause()));
        }
        ListenerConfig config = listener.config();
        int port = listener.port();
        try {
            if (!shared) {
                requireFree(config, port);
            }
        } catch (IOException e) {
            return Future.failedFuture(e);
        }
        ClientTerms clients = listener.front().clientTerms();
        List<Future<HttpServer>> opening = new ArrayList<>();
        for (ProxyLoop loop : loops.all()) {
            opening.add(HttpListener.onContext(
                    loop.scope().context(),
                    () -> server(listener, loop, clients).listen(port, config.host())));
        }
        return Future.join(opening)
                .map(all -> new Http3Side(all.<HttpServer>list(), clients))
                .recover(failure -> {
                    opening.stream()
                            .filter(Future::succeeded)
                            .forEach(opened -> opened.result().close());
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

    private static HttpServer server(HttpListener listener, ProxyLoop loop, ClientTerms clients) {
        LimitsConfig limits = listener.config().limits();
        HttpServerConfig server = new HttpServerConfig()
                .setVersions(HttpVersion.HTTP_3)
                .setHandle100ContinueAutomatically(false)
                .setHttp3Config(new Http3ServerConfig()
                        .setInitialSettings(new Http3Settings().setMaxFieldSectionSize(2L * limits.headers())));
        server.getQuicConfig().setLoadBalanced(true);
        server.getQuicConfig()
                .getTransportConfig()
                .setMaxIdleTimeout(limits.keepAlive())
                .setInitialMaxStreamsBidi(HttpListener.CONCURRENT_STREAMS);
        return loop.scope()
                .vertx()
                .httpServerBuilder()
                .with(server)
                .with(listener.front().quicOptions(clients))
                .build()
                .connectionHandler(listener.entrance()::attendQuic)
                .requestHandler(request -> listener.entrance().enter(request, loop));
    }

    /** What it has demanded of clients from its beginning. Only new sockets can demand something else. */
    ClientTerms clients() {
        return clients;
    }

    /** Says good-bye to all connections, and closes each as soon as its requests are over, at the latest then. */
    Future<Void> shutdown(Duration deadline) {
        return Future.join(servers.stream()
                        .map(server -> server.shutdown(deadline))
                        .toList())
                .mapEmpty();
    }
}
