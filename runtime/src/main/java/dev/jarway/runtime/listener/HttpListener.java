package dev.jarway.runtime.listener;

import dev.jarway.runtime.config.ListenerConfig;
import dev.jarway.runtime.config.ListenerProtocol;
import dev.jarway.runtime.proxy.PlanLease;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.proxy.RequestFlow;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerConfig;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * One address where clients connect. Each event loop has a server of its own; Vert.x hands the connections out among them,
 * and a connection stays where it is. It outlives snapshots: each request takes the one that is in force when it begins.
 */
public final class HttpListener {
    private static final int LONGEST_REQUEST_LINE = 8 * 1024;
    private static final int LARGEST_HEADERS = 32 * 1024;
    private static final int CONCURRENT_STREAMS = 100;

    private final ListenerConfig config;
    private final int sharedPort;
    private final List<HttpServer> servers;
    private final Farewell farewell;

    private HttpListener(ListenerConfig config, int sharedPort, List<HttpServer> servers, Farewell farewell) {
        this.config = config;
        this.sharedPort = sharedPort;
        this.farewell = farewell;
        this.servers = List.copyOf(servers);
    }

    /**
     * Binds the address.
     *
     * @param leases gives the lease of the snapshot in force, for the event loop of that index
     * @param idle how long nothing may move on a connection while its client alone could move something
     */
    static Future<HttpListener> open(
            ListenerConfig config, int sharedPort, EventLoops loops, IntFunction<PlanLease> leases, Duration idle) {
        List<Future<HttpServer>> servers = new ArrayList<>();
        Farewell farewell = new Farewell();
        for (ProxyLoop loop : loops.all()) {
            servers.add(onContext(
                    loop.scope().context(),
                    () -> server(config, loop, leases, farewell, idle).listen(sharedPort, config.host())));
        }
        return Future.join(servers)
                .map(all -> new HttpListener(config, sharedPort, all.<HttpServer>list(), farewell))
                .recover(failure -> {
                    servers.stream()
                            .filter(Future::succeeded)
                            .forEach(opened -> opened.result().close());
                    return Future.failedFuture(failure);
                });
    }

    private static HttpServer server(
            ListenerConfig config, ProxyLoop loop, IntFunction<PlanLease> leases, Farewell farewell, Duration idle) {
        HttpServerConfig server = new HttpServerConfig()
                .setVersions(versions(config))
                .setHandle100ContinueAutomatically(false)
                .setIdleTimeout(idle)
                .setHttp1Config(new Http1ServerConfig()
                        .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
                        .setMaxHeaderSize(LARGEST_HEADERS))
                .setHttp2Config(new Http2ServerConfig()
                        .setInitialSettings(new Http2Settings()
                                .setMaxConcurrentStreams(CONCURRENT_STREAMS)
                                .setMaxHeaderListSize(LARGEST_HEADERS)));
        return loop.scope()
                .vertx()
                .createHttpServer(server)
                .connectionHandler(connection -> IdleLimit.on(connection, loop.underWay()))
                .requestHandler(request -> {
                    farewell.attend(request);
                    RequestFlow.serve(request, loop, leases.apply(loop.index()));
                });
    }

    private static Set<HttpVersion> versions(ListenerConfig config) {
        EnumSet<HttpVersion> versions = EnumSet.noneOf(HttpVersion.class);
        for (ListenerProtocol protocol : config.protocols()) {
            switch (protocol) {
                case H1 -> versions.addAll(List.of(HttpVersion.HTTP_1_0, HttpVersion.HTTP_1_1));
                case H2C -> versions.add(HttpVersion.HTTP_2);
            }
        }
        return versions;
    }

    private interface Opening {
        Future<HttpServer> open();
    }

    private static Future<HttpServer> onContext(Context context, Opening opening) {
        Promise<HttpServer> promise = Promise.promise();
        context.runOnContext(ignored -> opening.open().onComplete(promise));
        return promise.future();
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

    /** Makes each answer from now on the last of its connection. */
    void sayFarewell(Duration deadline) {
        farewell.begin(deadline);
    }

    /** Stops accepting, closes idle connections, and the others as soon as their request is over, at the latest then. */
    Future<Void> shutdown(Duration deadline) {
        List<Future<Void>> closed =
                servers.stream().map(server -> server.shutdown(deadline)).toList();
        return Future.join(closed).mapEmpty();
    }
}
