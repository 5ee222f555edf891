package dev.jarway.runtime.admission;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.impl.headers.Http1xHeaders;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a client's connection and the parser of HTTP/1, and lets through what {@link RequestScan} has found in order
 * and what comes in time. In the place of what it refuses it hands on a request that says why, which is answered when its turn
 * has come; of such a connection nothing more is read.
 */
public final class WireGuard extends ChannelDuplexHandler {
    /** Under which it stands in the pipeline. */
    public static final String NAME = "wire-guard";

    /** Vert.x's own name; gone when a connection has switched to another protocol. */
    private static final String DECODER = "httpDecoder";

    private final Door door;
    private final Listening listening;
    private final RequestScan scan;
    private final Lingering end = new Lingering();
    private boolean refused;
    private boolean passing;
    private boolean begun;
    private long headSince;
    private long lastRead;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * What the guard has to know of the exchange under way on its connection.
     *
     * @param waits whether the next thing has to come from the client of that channel
     * @param breakOff ends the body that is on its way there
     */
    public record Listening(
            Predicate<ChannelHandlerContext> waits, BiConsumer<ChannelHandlerContext, GatewayFailure> breakOff) {}

    /** For one connection of the listener with that door. */
    public WireGuard(Door door, Listening listening) {
        this.door = door;
        this.listening = listening;
        this.scan = new RequestScan(door);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        headSince = System.nanoTime();
        await(context, door.limits().headersWithin().toNanos());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancelTimer();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancelTimer();
        context.fireChannelInactive();
    }

    /** Looks at bytes that have gone to the parser already, since it was not known then that they were of HTTP/1. */
    void lookBack(ChannelHandlerContext context, ByteBuf bytes) {
        try {
            scan.look(bytes);
        } catch (GatewayFailure failure) {
            refuse(context, failure);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (passing || !(message instanceof ByteBuf bytes)) {
            context.fireChannelRead(message);
        } else if (refused) {
            bytes.release();
        } else if (context.pipeline().context(DECODER) == null) {
            passing = true;
            cancelTimer();
            context.fireChannelRead(bytes);
        } else {
            look(context, bytes);
        }
    }

    private void look(ChannelHandlerContext context, ByteBuf bytes) {
        boolean body = scan.isInBody();
        int begin = bytes.readerIndex();
        try {
            scan.look(bytes);
        } catch (GatewayFailure failure) {
            if (scan.begin() > begin) {
                context.fireChannelRead(bytes.readRetainedSlice(scan.begin() - begin));
            }
            boolean headHandedOn = body && scan.begin() < begin;
            bytes.release();
            if (headHandedOn) {
                breakOff(context, failure);
            } else {
                refuse(context, failure);
            }
            return;
        }
        if (scan.state() != WireScan.State.IDLE) {
            time(context, scan.begin() >= begin);
        }
        begun = true;
        context.fireChannelRead(bytes);
    }

    /** A message is not over. The time for the first one runs from the beginning of the connection. */
    private void time(ChannelHandlerContext context, boolean newMessage) {
        lastRead = System.nanoTime();
        if (newMessage && begun) {
            headSince = lastRead;
        }
        if (timer == null) {
            await(context, dueIn());
        }
    }

    /** Hands on, in the place of a request, why there is none. */
    private void refuse(ChannelHandlerContext context, GatewayFailure why) {
        refused = true;
        cancelTimer();
        HttpMethod method = scan.isHead() ? HttpMethod.HEAD : HttpMethod.GET;
        DefaultHttpRequest request =
                new DefaultHttpRequest(HttpVersion.HTTP_1_1, method, "-", Http1xHeaders.httpHeaders());
        request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        request.setDecoderResult(DecoderResult.failure(why));
        ChannelHandlerContext decoder = context.pipeline().context(DECODER);
        if (decoder == null) {
            hangUp(context);
            return;
        }
        decoder.fireChannelRead(request);
        decoder.fireChannelReadComplete();
    }

    /** Ends the body under way. Its exchange is answered if it still can be; the connection is closed after that. */
    private void breakOff(ChannelHandlerContext context, GatewayFailure why) {
        refused = true;
        cancelTimer();
        listening.breakOff().accept(context, why);
    }

    private void await(ChannelHandlerContext context, long nanos) {
        timer = context.executor().schedule(() -> due(context), nanos, TimeUnit.NANOSECONDS);
    }

    private long dueIn() {
        return scan.isInBody()
                ? lastRead + door.limits().bodyIdle().toNanos() - System.nanoTime()
                : headSince + door.limits().headersWithin().toNanos() - System.nanoTime();
    }

    /** The time may be over for what the timer was set for; or it was for something that has come to its end since. */
    private void due(ChannelHandlerContext context) {
        timer = null;
        if (refused || passing) {
            return;
        }
        boolean idle = scan.state() == WireScan.State.IDLE;
        if (idle && begun) {
            return;
        }
        long left = dueIn();
        if (left > 0) {
            await(context, left);
        } else if (scan.isInBody()) {
            bodyIsLate(context);
        } else if (idle) {
            door.counts().add(Limit.HEADERS_WITHIN);
            hangUp(context);
        } else {
            refuse(
                    context,
                    door.reached(
                            Limit.HEADERS_WITHIN, door.limits().headersWithin().toMillis() + " ms"));
        }
    }

    private void bodyIsLate(ChannelHandlerContext context) {
        if (listening.waits().test(context)) {
            breakOff(
                    context,
                    door.reached(Limit.BODY_IDLE, door.limits().bodyIdle().toMillis() + " ms"));
        } else {
            lastRead = System.nanoTime();
            await(context, door.limits().bodyIdle().toNanos());
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (refused) {
            end.close(context, promise);
        } else {
            var unused = context.close(promise);
        }
    }

    static void hangUp(ChannelHandlerContext context) {
        var unused = context.close();
    }

    /** Why a request is none that could be read: what the guard has found, or what the parser has. */
    public static GatewayFailure failure(Throwable cause) {
        return switch (cause) {
            case GatewayFailure known -> known;
            case TooLongHttpLineException line -> GatewayFailure.of(FailureCode.TARGET_TOO_LONG, "of this connection");
            case TooLongHttpHeaderException head ->
                GatewayFailure.of(FailureCode.FIELDS_TOO_LARGE, "of this connection");
            default -> GatewayFailure.of(FailureCode.BAD_REQUEST, "it cannot be parsed", cause);
        };
    }
}
