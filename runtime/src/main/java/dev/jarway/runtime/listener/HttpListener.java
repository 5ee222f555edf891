package dev.jarway.runtime.listener;

import dev.jarway.runtime.admission.LimitCounts;
import dev.jarway.runtime.admission.ReadTurn;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.proxy.ProxyLoop;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerBuilder;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.WebSocketServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One address where clients connect. Each event loop has a server of its own; Vert.x hands the connections out among them,
 * and a connection stays where it is. It outlives snapshots: each request takes the one that is in force when it begins.
 */
public final class HttpListener {
    static final int CONCURRENT_STREAMS = 100;

    /** What Vert.x's own parsers take beyond the limits of the listener, which are to be reached first. */
    private static final int SPARE = 1024;

    /** What client and service agree on is between them; Vert.x would look at each message for an extension of its own. */
    private static final WebSocketServerConfig PLAIN_WEB_SOCKETS =
            new WebSocketServerConfig().setUsePerFrameCompression(false).setUsePerMessageCompression(false);

    private final ListenerConfig config;
    private final int sharedPort;
    private final List<HttpServer> servers;
    private final Entrance entrance;
    private final TlsFront front;
    private volatile @Nullable Http3Side http3;
    private volatile boolean closed;

    private HttpListener(
            ListenerConfig config, int sharedPort, List<HttpServer> servers, Entrance entrance, TlsFront front) {
        this.config = config;
        this.sharedPort = sharedPort;
        this.entrance = entrance;
        this.front = front;
        this.servers = List.copyOf(servers);
    }

    /**
     * Binds the address for TCP.
     *
     * @param front what it shows of TLS; where another listener has the same address, that one's
     * @param entrance what its connections and their requests pass
     */
    static Future<HttpListener> open(
            ListenerConfig config, int sharedPort, TlsFront front, EventLoops loops, Entrance entrance) {
        List<Future<HttpServer>> servers = new ArrayList<>();
        for (ProxyLoop loop : loops.all()) {
            servers.add(onContext(
                    loop.scope().context(),
                    () -> server(config, front, entrance, loop).listen(sharedPort, config.host())));
        }
        return Future.join(servers)
                .map(all -> new HttpListener(config, sharedPort, all.<HttpServer>list(), entrance, front))
                .recover(failure -> {
                    servers.stream()
                            .filter(Future::succeeded)
                            .forEach(opened -> opened.result().close());
                    return Future.failedFuture(failure);
                });
    }

    private static HttpServer server(ListenerConfig config, TlsFront front, Entrance entrance, ProxyLoop loop) {
        LimitsConfig limits = config.limits();
        HttpServerConfig server = new HttpServerConfig()
                .setVersions(versions(config))
                .setHandle100ContinueAutomatically(false)
                .setIdleTimeout(limits.keepAlive())
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxChunkSize(ReadTurn.MOST_OF_BODY)
                        .setMaxInitialLineLength(Math.max(limits.requestLine(), limits.chunkExtensions()) + SPARE)
                        .setMaxHeaderSize(Math.max(limits.headers(), limits.trailers()) + SPARE))
                .setWebSocketConfig(PLAIN_WEB_SOCKETS)
                .setHttp2Config(new Http2ServerConfig()
                        .setRstFloodMaxRstFramePerWindow(0) // Counted by FrameBudget and ResetStreams.
                        .setInitialSettings(new Http2Settings()
                                .setMaxConcurrentStreams(CONCURRENT_STREAMS)
                                .setMaxHeaderListSize(2L * limits.headers())));
        server.getTcpConfig()
                .setUseProxyProtocol(config.proxyProtocol().isPresent())
                .setProxyProtocolTimeout(limits.headersWithin());
        HttpServerBuilder builder =
                loop.scope().vertx().httpServerBuilder().with(server).with(front.engine());
        if (config.tls().isPresent()) {
            builder.with(front.options(config));
        }
        return builder.build()
                .connectionHandler(connection -> entrance.attend(connection, loop))
                .requestHandler(request -> entrance.enter(request, loop))
                .invalidRequestHandler(request -> {
                    if (!(request.decoderResult().cause() instanceof PrematureChannelClosureException)) {
                        entrance.enter(request, loop);
                    }
                });
    }

    private static Set<HttpVersion> versions(ListenerConfig config) {
        EnumSet<HttpVersion> versions = EnumSet.noneOf(HttpVersion.class);
        for (ListenerProtocol protocol : config.spoken()) {
            switch (protocol) {
                case H1 -> versions.addAll(List.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1));
                case H2, H2C -> versions.add(HttpVersion.HTTP_2);
                case H3 -> {} // On sockets of its own.
            }
        }
        return versions;
    }

    /** Has that done on an event loop, which the server then belongs to. */
    private static Future<HttpServer> onContext(Context context, Supplier<Future<HttpServer>> opening) {
        Promise<HttpServer> promise = Promise.promise();
        context.runOnContext(ignored -> opening.get().onComplete(promise));
        return promise.future();
    }

    /** Binds the same port for UDP, and tells clients of it. Fails if anybody but another listener of this address has it. */
    Future<Void> openHttp3(EventLoops loops) {
        return Http3Side.open(this, loops).onSuccess(this::opened).mapEmpty();
    }

    private synchronized void opened(Http3Side side) {
        if (closed) {
            side.shutdown(Duration.ZERO);
            return;
        }
        http3 = side;
        entrance.advertise(port());
    }

    /** What its requests pass. */
    Entrance entrance() {
        return entrance;
    }

    /** How many of its connections are open. */
    public int connections() {
        return entrance.connections();
    }

    /** How often each of its limits has been reached. */
    public LimitCounts limits() {
        return entrance.door().counts();
    }

    /** Whether it has been shut down. */
    boolean isClosed() {
        return closed;
    }

    /** What it was opened for. */
    public ListenerConfig config() {
        return config;
    }

    /** The number by which Vert.x knows the port: the port itself, or the one that stands for a free port. */
    int sharedPort() {
        return sharedPort;
    }

    /** The port that it is bound to. */
    public int port() {
        return servers.getFirst().actualPort();
    }

    /** What it shows of TLS. */
    TlsFront front() {
        return front;
    }

    /** Has new handshakes over TCP go by the terms of TLS that are in force now; over QUIC they do anyway. */
    Future<Void> renewTls() {
        return config.tls().isEmpty()
                ? Future.succeededFuture()
                : front.renew(servers.getFirst()).otherwiseEmpty(); // Logged; the terms before go on.
    }

    /** Gets ready for a listener with TLS on the same address, be this one without. */
    Future<Void> prepareTls() {
        return front.renew(servers.getFirst());
    }

    /** Makes each answer from now on the last of its connection. */
    void sayFarewell(Duration deadline) {
        entrance.farewell().begin(deadline);
    }

    /** Stops accepting, closes idle connections, and the others as soon as their request is over, at the latest then. */
    synchronized Future<Void> shutdown(Duration deadline) {
        closed = true;
        List<Future<Void>> closing = new ArrayList<>();
        servers.forEach(server -> closing.add(server.shutdown(deadline)));
        Http3Side side = http3;
        if (side != null) {
            closing.add(side.shutdown(deadline));
        }
        return Future.join(closing).mapEmpty();
    }
}
