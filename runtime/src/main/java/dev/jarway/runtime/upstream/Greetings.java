package dev.jarway.runtime.upstream;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.impl.http2.codec.VertxHttp2ConnectionHandler;
import io.vertx.core.http.impl.tcp.TcpHttpClientTransport;
import io.vertx.core.internal.http.HttpClientInternal;
import io.vertx.core.net.impl.tcp.NetClientImpl;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What endpoints of HTTP/2 have to say first, their SETTINGS. Until then a connection is only about to be open, to Vert.x, and
 * there is no limit to that: so it is set here. Safe from any thread.
 */
final class Greetings {
    private final Vertx vertx;
    private final Collection<Channel> channels;
    private final Duration within;
    private final AtomicBoolean demanded = new AtomicBoolean();

    private Greetings(Vertx vertx, Collection<Channel> channels, Duration within) {
        this.vertx = vertx;
        this.channels = channels;
        this.within = within;
    }

    /** Those on the connections of a client, which have to come within that time. */
    static Greetings of(HttpClient client, Vertx vertx, Duration within) {
        TcpHttpClientTransport transport = (TcpHttpClientTransport) ((HttpClientInternal) client).tcpTransport();
        return new Greetings(vertx, ((NetClientImpl) transport.client()).channelGroup, within);
    }

    /** Somebody has waited for a connection in vain. Those that have not been greeted yet are closed, unless they are in time. */
    void demand() {
        if (!demanded.compareAndSet(false, true)) {
            return;
        }
        List<Channel> late = channels.stream().filter(Greetings::isMissing).toList();
        vertx.setTimer(within.toMillis(), fired -> {
            demanded.set(false);
            late.stream().filter(Greetings::isMissing).forEach(Greetings::close);
        });
    }

    private static boolean isMissing(Channel channel) {
        VertxHttp2ConnectionHandler<?> handler = channel.pipeline().get(VertxHttp2ConnectionHandler.class);
        return handler != null && !handler.connectFuture().isDone();
    }

    /** From the beginning of the pipeline, lest something has to be written before. */
    private static void close(Channel channel) {
        ChannelHandlerContext first = channel.pipeline().firstContext();
        if (first != null) {
            var unused = first.close();
        }
    }
}
