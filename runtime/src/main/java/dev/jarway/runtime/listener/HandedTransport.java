package dev.jarway.runtime.listener;

import dev.jarway.runtime.upstream.ConnectDeadline;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TcpConfig;
import io.vertx.core.transport.Transport;
import java.util.concurrent.ThreadFactory;

/**
 * A transport of Vert.x whose listening sockets come from elsewhere, and whose connections to others have to be open in time. All
 * else is as in the transport behind it.
 */
final class HandedTransport implements Transport, io.vertx.core.spi.transport.Transport {
    private final Transport transport;
    private final io.vertx.core.spi.transport.Transport behind;
    private final ChannelFactory<ServerChannel> sockets;

    HandedTransport(Transport transport, ChannelFactory<ServerChannel> sockets) {
        this.transport = transport;
        this.behind = transport.implementation();
        this.sockets = sockets;
    }

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
        return domainSocket ? behind.serverChannelFactory(true) : sockets;
    }

    @Override
    public String name() {
        return transport.name();
    }

    @Override
    public boolean available() {
        return transport.available();
    }

    @Override
    public Throwable unavailabilityCause() {
        return transport.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
        return this;
    }

    @Override
    public boolean supportsDomainSockets() {
        return behind.supportsDomainSockets();
    }

    @Override
    public boolean supportFileRegion() {
        return behind.supportFileRegion();
    }

    @Override
    public boolean isAvailable() {
        return behind.isAvailable();
    }

    @Override
    public java.net.SocketAddress convert(SocketAddress address) {
        return behind.convert(address);
    }

    @Override
    public SocketAddress convert(java.net.SocketAddress address) {
        return behind.convert(address);
    }

    @Override
    public IoHandlerFactory ioHandlerFactory() {
        return behind.ioHandlerFactory();
    }

    @Override
    public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ioRatio) {
        return behind.eventLoopGroup(type, threads, factory, ioRatio);
    }

    @Override
    @SuppressWarnings("deprecation") // Vert.x's own interface names it.
    public DatagramChannel datagramChannel(InternetProtocolFamily family) {
        return behind.datagramChannel(family);
    }

    @Override
    public ChannelFactory<? extends DatagramChannel> datagramChannelFactory() {
        return behind.datagramChannelFactory();
    }

    @Override
    public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
        return ConnectDeadline.on(behind.channelFactory(domainSocket));
    }

    @Override
    public void configure(DatagramChannel channel, DatagramSocketOptions options) {
        behind.configure(channel, options);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, Bootstrap bootstrap) {
        behind.configure(config, domainSocket, bootstrap);
    }

    @Override
    public void configure(TcpConfig config, boolean domainSocket, ServerBootstrap bootstrap) {
        behind.configure(config, domainSocket, bootstrap);
    }
}
