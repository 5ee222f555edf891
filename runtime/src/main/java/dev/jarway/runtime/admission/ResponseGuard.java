package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a connection to a service and the parser of HTTP/1, and lets through what {@link ResponseScan} has found
 * in order: one answer to one request. A byte more, and the connection is closed before anybody else's request could be
 * answered by it.
 */
public final class ResponseGuard extends ChannelInboundHandlerAdapter {
    /** What is enough for the longest list of cookies and policies. The parser's own limits have to be above. */
    public static final LimitsConfig LIMITS = LimitsConfig.STANDARD.withHeaders(65_536, 500);

    /** How many responses may come before the final one: an endpoint that sends more means no good. */
    public static final int MOST_PROVISIONALS = 100;

    private static final Logger log = LoggerFactory.getLogger(ResponseGuard.class);
    private static final String NAME = "response-guard";

    /** Vert.x's own name. */
    private static final String CODEC = "codec";

    private final ResponseScan scan = new ResponseScan(LIMITS);
    private boolean closing;

    private ResponseGuard() {}

    /** Puts one into the pipeline of a connection of HTTP/1, before the parser, unless it has one. On its event loop. */
    public static ResponseGuard place(ChannelPipeline pipeline) {
        ResponseGuard guard = pipeline.get(ResponseGuard.class);
        if (guard == null) {
            guard = new ResponseGuard();
            pipeline.addBefore(CODEC, NAME, guard);
        }
        return guard;
    }

    /** A request is about to be sent on that connection, if it is one of HTTP/1, and has an answer to come. On its event loop. */
    public static void expect(ChannelPipeline pipeline, boolean head) {
        if (pipeline.get(CODEC) != null) {
            place(pipeline).expect(head);
        }
    }

    /** A request is about to be sent, and has an answer to come. On the connection's event loop. */
    public void expect(boolean head) {
        scan.expect(head);
    }

    /** Whether more has come than was asked for, so that the connection is not to be used again. */
    public boolean isClosing() {
        return closing;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (closing && message instanceof ByteBuf bytes) {
            bytes.release();
        } else if (scan.switched() || !(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else {
            look(context, bytes);
        }
    }

    private void look(ChannelHandlerContext context, ByteBuf bytes) {
        try {
            scan.look(bytes);
        } catch (GatewayFailure failure) {
            bytes.release();
            closing = true;
            log.warn(
                    "{} has sent what cannot be understood: {}",
                    context.channel().remoteAddress(),
                    failure.detail());
            context.fireExceptionCaught(GatewayFailure.of(FailureCode.UPSTREAM_INVALID, failure.detail()));
            close(context);
            return;
        }
        boolean over = scan.state() == WireScan.State.OVER && !scan.switched();
        int answer = over ? Math.max(0, scan.begin() - bytes.readerIndex()) : bytes.readableBytes();
        if (answer == bytes.readableBytes()) {
            context.fireChannelRead(bytes);
            return;
        }
        log.warn(
                "{} has sent {} bytes that no request has asked for; the connection is closed",
                context.channel().remoteAddress(),
                bytes.readableBytes() - answer);
        closing = true;
        if (answer > 0) {
            context.fireChannelRead(bytes.readRetainedSlice(answer));
        }
        bytes.release();
        close(context);
    }

    private static void close(ChannelHandlerContext context) {
        var unused = context.close();
    }
}
