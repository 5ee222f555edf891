package dev.jarway.runtime.upgrade;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Unix domain socket {@code upgrade/socket} of a data directory, where its gateway is spoken to by its successor. Only
 * the gateway's own user comes near it: the directory has mode 0700, the socket 0600.
 */
final class UpgradeSocket implements AutoCloseable {
    private static final int CONNECT_SECONDS = 5;
    // What Linux has room for in the address of such a socket.
    private static final int LONGEST_PATH = 107;

    private final Path path;
    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("jarway-upgrade", true), EpollIoHandler.newFactory());
    private @Nullable Channel listening;

    private UpgradeSocket(Path path) {
        this.path = path;
    }

    /** Why there is none for this data directory; empty if there may be one. */
    static Optional<String> obstacle(Path data) {
        if (!Epoll.isAvailable()) {
            return Optional.of(
                    "it takes Linux with epoll: " + Epoll.unavailabilityCause().getMessage());
        }
        int length = path(data).toString().getBytes(StandardCharsets.UTF_8).length;
        return length > LONGEST_PATH
                ? Optional.of("the path " + path(data) + " of the upgrade socket has " + length + " bytes (expected: "
                        + LONGEST_PATH + " at most)")
                : Optional.empty();
    }

    private static Path path(Path data) {
        return data.toAbsolutePath().normalize().resolve("upgrade").resolve("socket");
    }

    /** Of that directory; neither bound nor connected. */
    static UpgradeSocket in(Path data) {
        return new UpgradeSocket(path(data));
    }

    /** Listens. What is left of a dead process is removed, so the caller has to be in charge of the directory. */
    void listen(Consumer<UpgradeLine> attend) throws IOException {
        var ownersOnly = PosixFilePermissions.fromString("rwx------");
        Path directory = Files.createDirectories(path.resolveSibling(""));
        Files.setPosixFilePermissions(directory, ownersOnly);
        Files.deleteIfExists(path);
        ChannelFuture bound = new ServerBootstrap()
                .group(loop)
                .channel(EpollServerDomainSocketChannel.class)
                .childHandler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        UpgradeLine line = new UpgradeLine(channel);
                        Thread.ofVirtual().name("jarway-upgrade-line").start(() -> attend.accept(line));
                    }
                })
                .bind(new DomainSocketAddress(path.toString()))
                .awaitUninterruptibly();
        if (bound.cause() != null) {
            throw new IOException(
                    "upgrade socket " + path + " cannot be bound: "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    }

    /** Listens no more; connections stay. The file goes with it. */
    void deafen() {
        Channel channel = listening;
        listening = null;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
    }

    /** Connects to the gateway that listens. */
    UpgradeLine connect() throws IOException {
        CompletableFuture<UpgradeLine> line = new CompletableFuture<>();
        ChannelFuture connected = new Bootstrap()
                .group(loop)
                .channel(EpollDomainSocketChannel.class)
                .handler(new ChannelInitializer<EpollDomainSocketChannel>() {
                    @Override
                    protected void initChannel(EpollDomainSocketChannel channel) {
                        line.complete(new UpgradeLine(channel));
                    }
                })
                .connect(new DomainSocketAddress(path.toString()))
                .awaitUninterruptibly();
        if (connected.cause() != null) {
            throw new IOException(connected.cause().getMessage(), connected.cause());
        }
        try {
            return line.get(CONNECT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no connection to " + path, e);
        }
    }

    @Override
    public void close() {
        deafen();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
