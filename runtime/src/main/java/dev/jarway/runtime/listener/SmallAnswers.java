package dev.jarway.runtime.listener;

import dev.jarway.runtime.exchange.HeadOctets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Iterator;
import java.util.Map;

/**
 * What makes one piece of a small answer over HTTP/1 (RFC 9112 section 4), of its head and its body. The encoder behind it, whose
 * work all other answers are, makes two that the operating system has to gather, and writes a head octet by octet where each is a
 * checked access to memory outside of the heap. It leaves a connection to the encoder on which a client has asked for a head alone:
 * that such an answer ends with its head, whatever body it is given, is known there. Belongs to the connection's event loop.
 */
final class SmallAnswers extends ChannelDuplexHandler {
    /** To copy more costs as much as it saves. */
    private static final int LARGEST_BODY = 4 * 1024;

    private static final FastThreadLocal<HeadOctets> OCTETS = new FastThreadLocal<>() {
        @Override
        protected HeadOctets initialValue() {
            return new HeadOctets();
        }
    };

    private final ChannelHandlerContext encoder;
    private boolean headAlone;

    private SmallAnswers(ChannelHandlerContext encoder) {
        this.encoder = encoder;
    }

    /** Puts one into the pipeline of a connection, before the encoder of that name. */
    static void place(ChannelPipeline pipeline, String encoder) {
        pipeline.addAfter(encoder, null, new SmallAnswers(pipeline.context(encoder)));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof DefaultHttpRequest request && request.method().equals(HttpMethod.HEAD)) {
            headAlone = true;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!headAlone && message instanceof FullHttpResponse answer && isSmall(answer) && !encoder.isRemoved()) {
            var unused = encoder.write(piece(context, answer), promise); // Past the encoder.
        } else {
            var unused = context.write(message, promise);
        }
    }

    /** Whether it has a small body and says how long that is, and its status is one of those with which a body comes. */
    private static boolean isSmall(FullHttpResponse answer) {
        int length = answer.content().readableBytes();
        int status = answer.status().code();
        return length > 0
                && length <= LARGEST_BODY
                && status >= HttpResponseStatus.OK.code()
                && status != HttpResponseStatus.NO_CONTENT.code()
                && status != HttpResponseStatus.RESET_CONTENT.code()
                && status != HttpResponseStatus.NOT_MODIFIED.code()
                && answer.headers().contains(HttpHeaderNames.CONTENT_LENGTH)
                && !answer.headers().contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    private static ByteBuf piece(ChannelHandlerContext context, FullHttpResponse answer) {
        try {
            HeadOctets head = OCTETS.get();
            head.begin();
            head.put(answer.protocolVersion().text()).put(' ');
            head.put(answer.status().codeAsText()).put(' ');
            head.put(answer.status().reasonPhrase()).endLine();
            Iterator<Map.Entry<CharSequence, CharSequence>> fields =
                    answer.headers().iteratorCharSequence();
            while (fields.hasNext()) {
                Map.Entry<CharSequence, CharSequence> field = fields.next();
                head.put(field.getKey()).put(':').put(' ').put(field.getValue()).endLine();
            }
            head.endLine();
            ByteBuf body = answer.content();
            ByteBuf piece = context.alloc().directBuffer(head.length() + body.readableBytes());
            return head.to(piece).writeBytes(body);
        } finally {
            answer.release();
        }
    }
}
