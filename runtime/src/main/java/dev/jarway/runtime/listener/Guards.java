package dev.jarway.runtime.listener;

import dev.jarway.runtime.admission.Cork;
import dev.jarway.runtime.admission.Door;
import dev.jarway.runtime.admission.FrameBudget;
import dev.jarway.runtime.admission.FrameGuard;
import dev.jarway.runtime.admission.LastWord;
import dev.jarway.runtime.admission.OrderlyFlow;
import dev.jarway.runtime.admission.PrefaceCheck;
import dev.jarway.runtime.admission.PseudoAuthority;
import dev.jarway.runtime.admission.ReceivedTrailers;
import dev.jarway.runtime.admission.RequestFields;
import dev.jarway.runtime.admission.ResetStreams;
import dev.jarway.runtime.admission.WireGuard;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.failure.GatewayFailure;
import dev.jarway.runtime.proxy.UnderWay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guards of a listener's connections, who look at the bytes before anything is made of them: {@link WireGuard} at HTTP/1,
 * {@link FrameBudget} and {@link FrameGuard} at HTTP/2. Each takes its place when it is known which of the two a connection speaks:
 * with TLS that is after the handshake, so what they look at has been decrypted.
 */
final class Guards {
    private static final Logger log = LoggerFactory.getLogger(Guards.class);

    /** Vert.x's own names. */
    private static final String HTTP1_DECODER = "httpDecoder";

    private static final String HTTP1_ENCODER = "httpEncoder";

    private static final String UPGRADE = "h2c";

    private final Door door;
    private final EventLoops loops;
    private final boolean inDoubt;
    private final boolean http1;
    private final boolean proxied;
    private final boolean secure;
    private final String name;
    private final AtomicBoolean foreignSeen = new AtomicBoolean();

    Guards(ListenerConfig config, Door door, EventLoops loops) {
        this.door = door;
        this.loops = loops;
        this.inDoubt = config.spoken().contains(ListenerProtocol.H2C);
        this.http1 = config.spoken().contains(ListenerProtocol.H1);
        this.name = config.name();
        this.proxied = config.proxyProtocol().isPresent();
        this.secure = config.tls().isPresent();
    }

    /** Gets ready for the first bytes of a connection that has just been accepted. On the acceptor's thread. */
    void expect(Channel accepted) {
        if (secure) {
            accepted.pipeline().addLast(new BehindTls(door));
        } else if (inDoubt) {
            PrefaceCheck check = new PrefaceCheck(door, guard(), http1, this::foreign);
            accepted.pipeline().addLast(proxied ? new BehindProxyHeader(check) : check);
        }
    }

    /** Take their place on a connection that Vert.x has set up. On the connection's event loop. */
    void place(ChannelPipeline pipeline) {
        Http2ConnectionHandler http2 = pipeline.get(Http2ConnectionHandler.class);
        if (http2 != null) {
            ReceivedTrailers.keep(pipeline.channel(), http2);
            PseudoAuthority.watch(pipeline.channel(), http2);
            RequestFields.watch(http2);
            OrderlyFlow.on(http2);
            ResetStreams.keep(pipeline, http2, door);
            LastWord.listen(pipeline.channel(), http2);
            Cork.placeBefore(pipeline, http2);
            http2.decoder().frameListener(new FrameBudget(http2.decoder().frameListener(), door));
        } else if (pipeline.context(WireGuard.NAME) == null) {
            placeGuard(pipeline);
        } else {
            Cork.placeBehind(pipeline, HTTP1_DECODER); // The first look has placed all else.
        }
    }

    private void placeGuard(ChannelPipeline pipeline) {
        if (pipeline.context(UPGRADE) == null) {
            pipeline.addBefore(HTTP1_DECODER, WireGuard.NAME, guard());
            ReceivedTrailers.keep(pipeline, HTTP1_DECODER);
            SmallAnswers.place(pipeline, HTTP1_ENCODER);
            Cork.placeBehind(pipeline, HTTP1_DECODER);
        } else {
            // Its first request has been parsed by now, and nobody has looked at the bytes.
            var unused = pipeline.close();
        }
    }

    /** Somebody speaks HTTP/1 to a listener of HTTP/2 alone: said once, for it is a mistake, or a scanner, that comes again. */
    private void foreign() {
        if (foreignSeen.compareAndSet(false, true)) {
            log.warn(
                    "Listener {}: a client does not begin with the preface of HTTP/2 and is hung up on"
                            + " (protocols: [h2c]); later ones are too, without a word",
                    name);
        }
    }

    private WireGuard guard() {
        return new WireGuard(door, new WireGuard.Listening(this::waits, this::breakOff));
    }

    private boolean waits(ChannelHandlerContext at) {
        return underWay().waitsForBody(at.channel());
    }

    private void breakOff(ChannelHandlerContext at, GatewayFailure why) {
        if (!underWay().breakOff(at.channel(), why)) {
            var unused = at.close();
        }
    }

    /** A guard asks on the event loop of its connection. */
    private UnderWay underWay() {
        return loops.here().orElseThrow().underWay();
    }
}
