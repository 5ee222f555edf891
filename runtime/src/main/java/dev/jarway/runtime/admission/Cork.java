package dev.jarway.runtime.admission;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;

/**
 * What holds back the pieces that are written to a connection of HTTP/1 until all of them are, so that they go to the operating
 * system in one call. Belongs to the connection's event loop.
 */
public final class Cork extends ChannelOutboundHandlerAdapter {
    private static final String NAME = "cork";

    private boolean in;
    private boolean owed;

    private Cork() {}

    /** Puts one into the pipeline of a connection, behind the parser of that name. */
    public static void place(ChannelPipeline pipeline, String parser) {
        pipeline.addAfter(parser, NAME, new Cork());
    }

    /** Has that write, and sends together what it has written. Where a connection has no cork, each write is sent by itself. */
    public static void during(Channel connection, Runnable writing) {
        if (connection.pipeline().get(NAME) instanceof Cork cork && !cork.in) {
            cork.in = true;
            try {
                writing.run();
            } finally {
                cork.in = false;
                ChannelHandlerContext context = connection.pipeline().context(cork);
                if (context != null) {
                    cork.pull(context);
                }
            }
        } else {
            writing.run();
        }
    }

    private void pull(ChannelHandlerContext context) {
        if (owed) {
            owed = false;
            context.flush();
        }
    }

    /** What has been written is sent all the same. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        in = false;
        pull(context);
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        if (in) {
            owed = true;
        } else {
            context.flush();
        }
    }
}
