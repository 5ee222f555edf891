package dev.jarway.runtime.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.FileDescriptor;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets that this process listens on, each under a name. Those of a predecessor are among them: they are taken over as
 * they are, queue and all, so that at no moment nobody listens. Safe from any thread.
 */
public final class ListeningSockets {
    private static final Logger log = LoggerFactory.getLogger(ListeningSockets.class);

    private final Map<String, FileDescriptor> inherited;
    private final Map<String, EpollServerSocketChannel> open = new ConcurrentHashMap<>();
    private final Map<String, Predicate<Channel>> greeters = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean held;
    private volatile @Nullable String binding;

    private ListeningSockets(Map<String, FileDescriptor> inherited, boolean held) {
        this.inherited = new HashMap<>(inherited);
        this.held = held;
    }

    /** None yet. */
    public static ListeningSockets none() {
        return new ListeningSockets(Map.of(), false);
    }

    /** Those of a predecessor. On these as on new ones, nothing is accepted before {@link #accept}. */
    public static ListeningSockets of(Map<String, FileDescriptor> inherited) {
        return new ListeningSockets(inherited, true);
    }

    /** Binds something. */
    public interface Opening<T> {
        T open() throws Exception;
    }

    /** The transport that makes these sockets. They can be handed over on Linux alone. */
    public Transport transport() {
        return Epoll.isAvailable()
                ? new HandedTransport(Transport.EPOLL, this::channel)
                : new HandedTransport(Transport.NIO, this::portable);
    }

    private ServerChannel portable() {
        NioServerSocketChannel channel = new NioServerSocketChannel();
        channel.pipeline().addLast(new Counting(binding));
        return channel;
    }

    /**
     * Runs what binds one socket, so that the socket gets this name, and is the predecessor's of this name if there is one.
     * One at a time: Vert.x does not say for which address it makes a channel.
     */
    public synchronized <T> T bind(String name, Opening<T> opening) throws Exception {
        return bind(name, accepted -> true, opening);
    }

    /**
     * The same, and from now on each connection that this socket accepts is shown to that one, on the acceptor's thread, before
     * anything of it is read; it is closed if that says no. Takes effect also where the socket is bound already.
     */
    synchronized <T> T bind(String name, Predicate<Channel> greeter, Opening<T> opening) throws Exception {
        greet(name, greeter);
        binding = name;
        try {
            return opening.open();
        } finally {
            binding = null;
        }
    }

    /** Has connections that this socket accepts from now on shown to that one. */
    void greet(String name, Predicate<Channel> greeter) {
        greeters.put(name, greeter);
    }

    private ServerChannel channel() {
        String name = binding;
        FileDescriptor descriptor = name == null ? null : inherited.remove(name);
        EpollServerSocketChannel channel = descriptor == null
                ? new EpollServerSocketChannel()
                : new EpollServerSocketChannel(descriptor.intValue());
        if (descriptor != null) {
            channel.pipeline().addLast(new BoundAlready());
        }
        channel.pipeline().addLast(new Counting(name));
        channel.config().setAutoRead(!held);
        if (name != null) {
            open.put(name, channel);
            channel.closeFuture().addListener(closed -> open.remove(name, channel));
        }
        return channel;
    }

    /** Those that are open, by name. */
    public Map<String, FileDescriptor> open() {
        Map<String, FileDescriptor> descriptors = new HashMap<>();
        open.forEach((name, channel) -> descriptors.put(name, channel.fd()));
        return descriptors;
    }

    /** How many of the connections that were accepted are open. */
    public int connections() {
        return connections.get();
    }

    /** Whether nothing is accepted yet. */
    boolean isHeld() {
        return held;
    }

    /** Begins to accept, and lets go of what was taken over in vain. */
    public synchronized void accept() {
        held = false;
        open.values().forEach(channel -> channel.config().setAutoRead(true));
        closeUnused();
    }

    /** Closes what was taken over in vain. */
    public synchronized void closeUnused() {
        inherited.forEach((name, descriptor) -> {
            try {
                descriptor.close();
            } catch (IOException e) {
                log.warn("The socket {} of the predecessor could not be closed", name, e);
            }
        });
        inherited.clear();
    }

    /** Leaves new connections of that name in the queue, or takes them again. */
    public void accept(String name, boolean accepting) {
        EpollServerSocketChannel channel = open.get(name);
        if (channel != null) {
            channel.config().setAutoRead(accepting);
        }
    }

    /** Closes all, once their connections that were accepted have been given to their event loops. */
    public void close() throws InterruptedException {
        Collection<EpollServerSocketChannel> closing = open.values();
        for (EpollServerSocketChannel channel : closing) {
            channel.close().await(5, TimeUnit.SECONDS);
        }
    }

    /** Counts the connections, and has them greeted. */
    private final class Counting extends ChannelInboundHandlerAdapter {
        private final @Nullable String name;

        Counting(@Nullable String name) {
            this.name = name;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object accepted) {
            Channel connection = (Channel) accepted;
            Predicate<Channel> greeter = name == null ? null : greeters.get(name);
            if (greeter != null && !greeter.test(connection)) {
                connection.unsafe().closeForcibly();
                return;
            }
            connections.incrementAndGet();
            connection.closeFuture().addListener(closed -> connections.decrementAndGet());
            context.fireChannelRead(accepted);
        }
    }
}
