package dev.jarway.runtime.proxy;

import dev.jarway.runtime.upstream.Upgraded;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.time.Duration;

/**
 * A client and an endpoint that speak WebSocket through the gateway. Their bytes pass as they are, each way only as fast as
 * the other side reads. Belongs to one event loop.
 */
final class Tunnel {
    /** For the peers to answer the close frame, before their connections are just closed. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final NetSocket client;
    private final Upgraded upgraded;
    private final TunnelWay toServer;
    private final TunnelWay toClient;
    private final Promise<Void> closed = Promise.promise();
    private boolean cut;
    private boolean clientGone;
    private boolean serverGone;

    private Tunnel(Vertx vertx, NetSocket client, Upgraded upgraded) {
        this.vertx = vertx;
        this.client = client;
        this.upgraded = upgraded;
        this.toServer = new TunnelWay(client, upgraded.socket(), upgraded::touch, this::part);
        this.toClient = new TunnelWay(upgraded.socket(), client, upgraded::touch, this::part);
    }

    /** Opens it. */
    static Tunnel open(Vertx vertx, NetSocket client, Upgraded upgraded) {
        Tunnel tunnel = new Tunnel(vertx, client, upgraded);
        client.closeHandler(gone -> tunnel.clientGone());
        upgraded.socket().closeHandler(gone -> tunnel.serverGone());
        // A gateway that stops gives its requests time: it is not for the socket to close by itself.
        client.shutdownHandler(deadline -> {});
        tunnel.toServer.begin();
        tunnel.toClient.begin();
        return tunnel;
    }

    /** Complete when it is over. */
    Future<Void> closed() {
        return closed.future();
    }

    /** Bytes that have come from the client. */
    long bytesToServer() {
        return toServer.bytes();
    }

    /** Bytes that have come from the endpoint. */
    long bytesToClient() {
        return toClient.bytes();
    }

    /** Tells both sides that this end is going away, and closes when they have answered, or have had the time to. */
    void cut() {
        cut = true;
        toServer.finish(CloseFrame.toServer());
        toClient.finish(CloseFrame.toClient());
        vertx.setTimer(LAST_WORDS.toMillis(), fired -> close());
    }

    /** A client waits for the end of its connection once both have said their last (RFC 6455 section 7.1.1); so does this. */
    private void part() {
        if (toClient.finished() && toServer.closed() && !clientGone) {
            letClientClose();
            client.end();
        }
    }

    private void clientGone() {
        clientGone = true;
        if (serverGone) {
            close();
        } else if (!cut) {
            toServer.drain(vertx, this::close);
        }
    }

    private void serverGone() {
        serverGone = true;
        if (clientGone) {
            close();
        } else if (!toClient.finished()) {
            // What the endpoint has sent last is still on its way to the client.
            toClient.drain(vertx, this::close);
        }
    }

    private void close() {
        if (closed.tryComplete()) {
            toServer.close();
            letClientClose();
            toClient.close();
            upgraded.closed();
        }
    }

    /** As long as there is a handler for it, the socket leaves its closing to that. */
    private void letClientClose() {
        client.shutdownHandler(null);
    }
}
