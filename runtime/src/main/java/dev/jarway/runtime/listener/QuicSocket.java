package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.proxy.ProxyLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicServerCodecBuilder;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.QuicConnectionInternal;
import io.vertx.core.net.QuicConfig;
import io.vertx.core.net.QuicConnection;
import io.vertx.core.net.QuicServerConfig;
import io.vertx.core.net.impl.ConnectionGroup;
import io.vertx.core.net.impl.ShutdownEvent;
import io.vertx.core.net.impl.quic.QuicConnectionHandler;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP socket of a listener, on one event loop, and the connections of QUIC that have begun on it. What Vert.x has for this
 * keeps contexts of TLS by the names that clients ask for, lets nobody see a connection before its handshake, and believes tokens
 * that anybody can make.
 */
final class QuicSocket {
    private static final Logger log = LoggerFactory.getLogger(QuicSocket.class);

    /** What Vert.x's own server has where nobody says anything else. */
    private static final QuicServerConfig USUAL = new HttpServerConfig().getQuicConfig();

    private final ListenerConfig config;
    private final Entrance entrance;
    private final TlsFront front;
    private final ContextInternal context;
    private final Http3Requests requests;
    private final QuicSteering place;
    private final ConnectionGroup connections;
    private volatile @Nullable Channel udp;
    private volatile @Nullable Duration leaving;

    private QuicSocket(HttpListener listener, ProxyLoop loop) {
        this.config = listener.config();
        this.entrance = listener.entrance();
        this.front = listener.front();
        this.context = (ContextInternal) loop.scope().context();
        this.requests = new Http3Requests(listener, loop);
        this.place = front.udp().join();
        this.connections = new ConnectionGroup(context.nettyEventLoop()) {
            @Override
            protected void handleClose(Completable<Void> done) {
                closeSocket(done);
            }
        };
    }

    /** Binds one, to the port that the listener has over TCP. */
    static Future<QuicSocket> bind(HttpListener listener, ProxyLoop loop) {
        QuicSocket socket = new QuicSocket(listener, loop);
        Promise<QuicSocket> bound = Promise.promise();
        new Bootstrap()
                .group(socket.context.nettyEventLoop())
                .channelFactory(socket.context.owner().transport().datagramChannelFactory())
                .handler(initializer(socket::open))
                .bind(new InetSocketAddress(socket.config.host(), listener.port()))
                .addListener(done -> {
                    if (done.isSuccess()) {
                        bound.complete(socket);
                    } else {
                        socket.front.udp().leave(socket.place);
                        bound.fail(done.cause());
                    }
                });
        return bound.future();
    }

    /** What readies a channel. */
    private interface Readying {
        void ready(Channel channel);
    }

    private static ChannelHandler initializer(Readying readying) {
        return new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                readying.ready(channel);
            }
        };
    }

    private void open(Channel opened) {
        udp = opened;
        opened.config().setOption(sharing(opened), true);
        opened.pipeline().addLast(place, codec());
    }

    /** Each event loop has a socket on the same port. */
    private static ChannelOption<Boolean> sharing(Channel channel) {
        return channel instanceof NioDatagramChannel
                ? NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT)
                : UnixChannelOption.SO_REUSEPORT;
    }

    private ChannelHandler codec() {
        LimitsConfig limits = config.limits();
        QuicConfig usual = USUAL.getTransportConfig();
        return new QuicServerCodecBuilder()
                .sslEngineProvider(front.quic()::engine)
                .tokenHandler(front.udp().tokens())
                .localConnectionIdLength(QuicPacket.ID_LENGTH)
                .connectionIdAddressGenerator(place.ids())
                .maxIdleTimeout(limits.keepAlive().toMillis(), TimeUnit.MILLISECONDS)
                .initialMaxData(usual.getInitialMaxData())
                .initialMaxStreamDataBidirectionalLocal(usual.getInitialMaxStreamDataBidiLocal())
                .initialMaxStreamDataBidirectionalRemote(usual.getInitialMaxStreamDataBidiRemote())
                .initialMaxStreamDataUnidirectional(usual.getInitialMaxStreamDataUni())
                .initialMaxStreamsBidirectional(HttpListener.CONCURRENT_STREAMS)
                .initialMaxStreamsUnidirectional(usual.getInitialMaxStreamsUni())
                .activeMigration(false)
                .maxAckDelay(usual.getMaxAckDelay().toMillis(), TimeUnit.MILLISECONDS)
                .ackDelayExponent(usual.getAckDelayExponent())
                .grease(usual.getGrease())
                .hystart(usual.getHystart())
                .initialCongestionWindowPackets(usual.getInitialCongestionWindowPackets())
                .handler(initializer(channel -> begin((QuicChannel) channel)))
                .build();
    }

    /** Somebody who receives what is sent to him wants a connection. */
    private void begin(QuicChannel connection) {
        if (!entrance.greetQuic(connection)) {
            // It can be told so once what has just come has been read.
            connection.eventLoop().execute(() -> QuicHandshake.refuse(connection));
            return;
        }
        connections.add(connection);
        QuicHandshake handshake = new QuicHandshake(config.limits().headersWithin(), entrance::quicIsLate);
        Duration longest = leaving;
        if (longest != null) {
            handshake.keep(new ShutdownEvent(longest)); // The others have been told.
        }
        connection.pipeline().addLast(handshake);
        connection.pipeline().addLast("handler", handler(connection));
    }

    /** Vert.x's own handler, under its own name. */
    private ChannelHandler handler(QuicChannel connection) {
        return new QuicConnectionHandler(
                context,
                null,
                null,
                null,
                null,
                null,
                USUAL.getMaxStreamBidiRequests(),
                USUAL.getMaxStreamUniRequests(),
                context.owner().transport().convert(connection.remoteSocketAddress()),
                true,
                this::handshaken);
    }

    private void handshaken(QuicConnection connection, @Nullable Throwable failure) {
        if (failure != null) {
            log.debug("A handshake has failed", failure);
            return;
        }
        context.dispatch((QuicConnectionInternal) connection, requests::serve);
    }

    /**
     * Takes no more connections, says good-bye to those that there are, and closes each as soon as its requests are over, at the
     * latest then.
     */
    Future<Void> shutdown(Duration longest) {
        place.retire();
        leaving = longest;
        return connections.shutdown(longest);
    }

    private void closeSocket(Completable<Void> done) {
        Channel open = udp;
        if (open == null) {
            done.succeed();
        } else {
            open.close().addListener(closed -> done.succeed());
        }
    }
}
