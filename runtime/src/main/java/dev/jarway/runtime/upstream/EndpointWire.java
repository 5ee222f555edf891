package dev.jarway.runtime.upstream;

import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.exchange.Provisional;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpClientConnection;
import io.vertx.core.http.impl.headers.HeadersAdaptor;
import io.vertx.core.net.impl.VertxHandler;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What passes between Vert.x's client and its parser on one connection of HTTP/1, where it has no way to say it: the trailers
 * of a request, and responses before the final one. One request at a time is on such a connection. Belongs to its event loop.
 */
final class EndpointWire extends ChannelDuplexHandler {
    private static final String NAME = "endpoint-wire";

    /** Vert.x's own name. */
    private static final String CLIENT = "handler";

    private final @Nullable ReadTurn reading;
    private @Nullable MultiMap trailers;
    private @Nullable Consumer<Provisional> listener;
    private @Nullable Object owner;
    private boolean answered;
    private boolean inProvisional;

    private EndpointWire(@Nullable ReadTurn reading) {
        this.reading = reading;
    }

    /** That of a connection; null if it is of HTTP/2, or does not speak HTTP any more. */
    static @Nullable EndpointWire of(HttpConnection connection) {
        if (connection.protocolVersion().compareTo(HttpVersion.HTTP_2) >= 0
                || !(connection instanceof HttpClientConnection client)) {
            return null;
        }
        ChannelPipeline pipeline = client.channelHandlerContext().pipeline();
        if (pipeline.get(NAME) instanceof EndpointWire present) {
            return present;
        }
        if (pipeline.get(CLIENT) == null) {
            return null;
        }
        EndpointWire wire = new EndpointWire(ReadTurn.of(pipeline.channel()));
        pipeline.addBefore(CLIENT, NAME, wire);
        return wire;
    }

    /**
     * Has the provisional responses to a request told, which is about to be sent by its owner.
     *
     * @return the wire, which is the owner's until the response has come; null over HTTP/2
     */
    static @Nullable EndpointWire listen(HttpClientRequest request, Object owner, Consumer<Provisional> listener) {
        if (request.version() == HttpVersion.HTTP_2) {
            Http2Responses.screen(request.connection());
            request.continueHandler(proceed -> listener.accept(Provisional.proceed()));
            request.earlyHintsHandler(
                    hints -> listener.accept(Provisional.received(HttpResponseStatus.EARLY_HINTS.code(), hints)));
            return null;
        }
        EndpointWire wire = of(request.connection());
        if (wire != null) {
            wire.listener = listener;
            wire.owner = owner;
            wire.answered = false;
        }
        return wire;
    }

    /**
     * Whether the connection is no longer that owner's, though the owner may still have to read what has come on it: Vert.x gives
     * it to the next request as soon as the response has come to its end.
     */
    boolean isFree(Object asking) {
        return owner != asking || answered;
    }

    /** Ends that: the connection is given back. */
    void leave(Object leaving) {
        if (owner == leaving) {
            listener = null;
            if (reading != null) {
                reading.bodyEnds();
            }
        }
    }

    /**
     * A body comes as the response to its owner's request.
     *
     * @param taker whether all that has come of it is taken, and more is waited for
     */
    void bodyBegins(Object receiving, BooleanSupplier taker) {
        if (reading != null && !isFree(receiving)) {
            reading.bodyBegins(taker);
        }
    }

    /** Closes the connection of a request that has been given up; of HTTP/2, its stream is enough. */
    static void hangUp(HttpClientRequest request) {
        // Vert.x leaves it open if the response has ended before the request, as it may where a body was not wanted.
        if (request.version() != HttpVersion.HTTP_2 && request.connection() instanceof HttpClientConnection client) {
            var unused = client.channelHandlerContext().channel().close();
        }
    }

    /** Puts them behind the body that is being sent, which is in chunks. */
    void trailers(MultiMap fields) {
        trailers = fields;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response
                && Provisional.isOne(response.status().code())) {
            inProvisional = !(message instanceof LastHttpContent);
            if (listener != null && response.decoderResult().isSuccess()) {
                listener.accept(Provisional.received(response.status().code(), new HeadersAdaptor(response.headers())));
            }
            ReferenceCountUtil.release(message);
        } else if (inProvisional && message instanceof HttpContent) {
            inProvisional = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            boolean last = message instanceof LastHttpContent;
            answered |= last;
            context.fireChannelRead(message);
            if (last) {
                letGo(context);
                if (reading != null) {
                    reading.bodyEnds();
                }
            }
        }
    }

    /**
     * Vert.x stops reading while too much of a response waits to be read. If that begins with the response's end, or waits in
     * front of it, the connection would stand still until somebody reads, though it is or could be the next request's.
     */
    private static void letGo(ChannelHandlerContext context) {
        if (context.pipeline().get(CLIENT) instanceof VertxHandler<?> client) {
            client.getConnection().doResume();
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (trailers != null && message instanceof LastHttpContent last) {
            DefaultLastHttpContent end = new DefaultLastHttpContent(last.content());
            for (Map.Entry<String, String> field : trailers) {
                end.trailingHeaders().add(field.getKey(), field.getValue());
            }
            trailers = null;
            var unused = context.write(end, promise);
            return;
        }
        var unused = context.write(message, promise);
    }
}
