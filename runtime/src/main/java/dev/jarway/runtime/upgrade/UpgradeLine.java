package dev.jarway.runtime.upgrade;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.DomainSocketReadMode;
import io.netty.channel.unix.FileDescriptor;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One end of the connection between two gateways. They speak in turn, a line at a time; in between, one passes the other open
 * sockets. The methods block; used by one thread, not an event loop.
 */
final class UpgradeLine implements AutoCloseable {
    private static final int LONGEST_LINE = 64 * 1024;
    private static final Object END = new Object();

    private final EpollDomainSocketChannel channel;
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    /** On a channel that nothing has been read from yet; called on its event loop. */
    UpgradeLine(EpollDomainSocketChannel channel) {
        this.channel = channel;
        channel.pipeline()
                .addLast(new LineBasedFrameDecoder(LONGEST_LINE), new StringDecoder(StandardCharsets.UTF_8), new Ear());
    }

    void say(String line) throws IOException {
        done(channel.writeAndFlush(Unpooled.copiedBuffer(line + "\n", StandardCharsets.UTF_8)));
    }

    /** The next line. {@link EOFException} if the other end has closed the connection, or has died. */
    String hear(Duration patience) throws IOException {
        return (String) next(patience);
    }

    /** Passes a socket. This process keeps its own descriptor of it. */
    void pass(FileDescriptor socket) throws IOException {
        done(channel.writeAndFlush(socket));
    }

    /** Asks for that many sockets with a line, and takes them. What is not a socket would be lost while they come. */
    List<FileDescriptor> take(String request, int count, Duration patience) throws IOException {
        List<FileDescriptor> sockets = new ArrayList<>();
        channel.config().setReadMode(DomainSocketReadMode.FILE_DESCRIPTORS);
        say(request);
        while (sockets.size() < count) {
            sockets.add((FileDescriptor) next(patience));
        }
        channel.config().setReadMode(DomainSocketReadMode.BYTES);
        return sockets;
    }

    private Object next(Duration patience) throws IOException {
        try {
            Object next = heard.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new IOException("no word for " + patience.toSeconds() + " s");
            }
            if (next == END) {
                throw new EOFException("the other gateway has hung up");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void done(ChannelFuture future) throws IOException {
        try {
            if (!future.await(10, TimeUnit.SECONDS)) {
                throw new IOException("the other gateway does not listen");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (future.cause() != null) {
            throw new EOFException(
                    "the other gateway has hung up: " + future.cause().getMessage());
        }
    }

    @Override
    public void close() {
        var unused = channel.close();
    }

    /** Keeps what arrives until it is asked for. */
    private final class Ear extends SimpleChannelInboundHandler<Object> {

        @Override
        protected void channelRead0(ChannelHandlerContext context, Object message) {
            heard.add(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            heard.add(END);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unused = context.close();
        }
    }
}
