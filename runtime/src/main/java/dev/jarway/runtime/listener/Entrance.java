package dev.jarway.runtime.listener;

import dev.jarway.runtime.admission.Admission;
import dev.jarway.runtime.admission.ConnectionCount;
import dev.jarway.runtime.admission.Door;
import dev.jarway.runtime.admission.Limit;
import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.admission.ReceivedTrailers;
import dev.jarway.runtime.admission.SendBacklog;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.forwarding.Forwarding;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.proxy.RequestFlow;
import dev.jarway.runtime.tls.ListenerTls;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.headers.HttpRequestHeaders;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a listener's sockets and its requests. A connection is looked at twice: when it is accepted, before a byte of
 * it is read, and when it is known what it speaks. After that its requests enter one by one, and their answers leave.
 */
final class Entrance {
    private static final AttributeKey<int[]> REQUESTS = AttributeKey.valueOf(Entrance.class, "requests");
    private static final AttributeKey<Boolean> OVER = AttributeKey.valueOf(Entrance.class, "over");
    private static final CharSequence ALT_SVC = HttpHeaders.createOptimized("alt-svc");

    private final ListenerConfig config;
    private final TlsFront front;
    private final IntFunction<PlanLease> leases;
    private final Door door;
    private final Admission admission;
    private final ConnectionCount connections;
    private final ProxyGate gate;
    private final Guards guards;
    private final Overload overload;
    private final Farewell farewell = new Farewell();
    private volatile @Nullable String elsewhere;

    /** That of a listener; the leases are of the snapshot in force, for the event loop of that index. */
    Entrance(ListenerConfig config, TlsFront front, EventLoops loops, IntFunction<PlanLease> leases) {
        this.config = config;
        this.front = front;
        this.leases = leases;
        this.door = Door.of(config);
        this.admission = new Admission(
                door, new Forwarding(config.forwarded()), request -> ClientCertFields.write(request, tls()));
        this.connections = new ConnectionCount(door);
        this.gate = ProxyGate.of(config);
        this.guards = new Guards(config, door, loops);
        this.overload = loops.all().getFirst().overload();
    }

    private Optional<ListenerTls> tls() {
        return config.tls().isPresent() ? front.tls() : Optional.empty();
    }

    // Connections

    /** Lets in a connection that has just been accepted, or says that it has to go. On the acceptor's thread. */
    boolean greet(Channel accepted) {
        if (!gate.admits(accepted)
                || !overload.admitsConnection()
                || !connections.add(accepted, gate.isOpen() ? ClientAddress.of(accepted) : null)) {
            return false;
        }
        ReadTurn.shorten(accepted);
        SendBacklog.bound(accepted);
        guards.expect(accepted);
        return true;
    }

    /** A connection over TCP is ready for its first request. On its event loop. */
    void attend(HttpConnection connection, ProxyLoop loop) {
        Channel channel = channel(connection);
        if (!gate.admits(channel)
                || (!gate.isOpen() && !connections.addClient(channel, ClientAddress.of(connection)))) {
            var unused = channel.close();
            return;
        }
        guards.place(channel.pipeline());
        IdleLimit.on(connection, loop.underWay());
    }

    /** Lets in a connection over QUIC that begins its handshake, or says that it has to go. On its event loop. */
    boolean greetQuic(QuicChannel beginning) {
        return connections.add(beginning, ClientAddress.of(beginning));
    }

    /** A handshake over QUIC has taken too long. */
    void quicIsLate() {
        door.counts().add(Limit.HEADERS_WITHIN);
    }

    /** A connection over QUIC is ready for its first request. On its event loop. */
    void attendQuic(HttpConnection connection) {
        Channel channel = channel(connection);
        if (!front.admits(connection.sslSession())) {
            channel.attr(OVER).set(true);
            connection.close();
            return;
        }
        ReceivedTrailers.keep(channel, door);
    }

    /** How many connections are open. */
    int connections() {
        return connections.open();
    }

    // Requests

    /** A request has come. On the event loop of its connection. */
    void enter(HttpServerRequest request, ProxyLoop loop) {
        Channel channel = channel(request.connection());
        // What came with the first bytes of a connection is here even if that was closed; so is what came behind its
        // last request.
        if (!gate.admits(channel)) {
            return;
        }
        if (channel.hasAttr(OVER)) {
            // After what has been written, which may still be on its way.
            var unused = channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (request.headers() instanceof HttpRequestHeaders fields) {
            fields.sanitize(); // Over HTTP/3, Vert.x leaves the pseudo-header fields among the others.
        }
        boolean last = isLast(channel);
        request.response().headersEndHandler(ending -> leave(request, last));
        RequestFlow.serve(request, loop, leases.apply(loop.index()), admission);
    }

    /** The head of an answer is being written. */
    private void leave(HttpServerRequest request, boolean last) {
        String there = elsewhere;
        if (there != null && request.version() != HttpVersion.HTTP_3) {
            request.response().headers().set(ALT_SVC, there);
        }
        boolean said = farewell.say(request, last || saysClose(request) || endsByClosing(request) || isShed(request));
        if (said && request.version().compareTo(HttpVersion.HTTP_2) < 0) {
            channel(request.connection()).attr(OVER).set(true); // RFC 9112 section 9.6
        }
    }

    /** What is refused for want of descriptors would hold one as long as it is kept. HTTP/3 takes none for a connection. */
    private boolean isShed(HttpServerRequest request) {
        return request.response().getStatusCode() == FailureCode.OVERLOADED.status()
                && request.version() != HttpVersion.HTTP_3
                && overload.isShortOfDescriptors();
    }

    /** The exchange cannot tell what comes next on its connection: that is not served any more. */
    private static boolean saysClose(HttpServerRequest request) {
        return request.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
    }

    /** In HTTP/1.0 a body without a length ends with its connection, whatever the client wants (RFC 9112 section 6.3). */
    private static boolean endsByClosing(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0
                && !request.response().headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    /** Whether a request is the last that its connection may carry. */
    private boolean isLast(Channel connection) {
        int most = door.limits().requestsPerConnection();
        if (most == 0) {
            return false;
        }
        var attribute = connection.attr(REQUESTS);
        int[] count = attribute.get();
        if (count == null) {
            count = new int[1];
            attribute.set(count);
        }
        if (++count[0] == most) {
            door.counts().add(Limit.REQUESTS_PER_CONNECTION);
        }
        return count[0] >= most;
    }

    /** From now on, answers over TCP say that HTTP/3 is spoken on that port (RFC 7838, RFC 9114 section 3.1.1). */
    void advertise(int port) {
        elsewhere = "h3=\":" + port + "\"; ma=86400";
    }

    /** What it lets in, and how often that was too much. */
    Door door() {
        return door;
    }

    /** How it parts from its connections. */
    Farewell farewell() {
        return farewell;
    }

    private static Channel channel(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext().channel();
    }
}
