package dev.jarway.runtime.admission;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;

/**
 * What holds back the pieces that are written to a connection until its event loop has seen to all that it has been told of. They
 * go to the operating system in one call then, and next to those of other connections: each call wakes whoever reads at the other
 * end, and one who is woken for each piece by itself finds no more to do. Not held back is what a connection has no room for, nor
 * what is written while it is read itself, since the end of what comes there may close it. Belongs to the connection's event loop.
 */
public final class Cork extends ChannelDuplexHandler {
    private boolean owed;
    private boolean planned;
    private boolean read;

    private Cork() {}

    /** Puts one into a connection's pipeline, behind the handler of that name: what those in front of it send, they send at once. */
    public static void placeBehind(ChannelPipeline pipeline, String name) {
        pipeline.addAfter(name, null, new Cork());
    }

    /** Puts one into a connection's pipeline, before that handler, which is in it. */
    public static void placeBefore(ChannelPipeline pipeline, ChannelHandler handler) {
        pipeline.addBefore(pipeline.context(handler).name(), null, new Cork());
    }

    /** Sends at once what is held back on a connection, where anything is. */
    public static void pull(ChannelPipeline pipeline) {
        ChannelHandlerContext context = pipeline.context(Cork.class);
        if (context != null && context.handler() instanceof Cork cork) {
            cork.pull(context);
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        owed = true;
        if (!context.channel().isWritable()) {
            pull(context);
        } else if (!planned && !read) {
            planned = true;
            context.executor().execute(() -> {
                planned = false;
                pull(context);
            });
        }
    }

    private void pull(ChannelHandlerContext context) {
        if (owed) {
            owed = false;
            context.flush();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        read = true;
        context.fireChannelReadComplete();
        read = false;
        pull(context);
    }

    /** What has been written is sent all the same. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        pull(context);
        var unused = context.close(promise);
    }

    /** What has been written is sent all the same. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        pull(context);
    }
}
