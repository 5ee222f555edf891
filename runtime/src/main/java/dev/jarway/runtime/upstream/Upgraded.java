package dev.jarway.runtime.upstream;

import dev.jarway.plugin.Bytes;
import dev.jarway.runtime.exchange.ExchangeChunk;
import dev.jarway.runtime.exchange.MessageBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.NetSocket;

/**
 * The endpoint's side of a connection that has switched to another protocol (RFC 9110 section 15.2.2), in the place of a
 * body, which such a response has not. Belongs to one event loop.
 */
public final class Upgraded implements MessageBody {
    private final NetSocket socket;
    private final UpstreamCall call;

    Upgraded(NetSocket socket, UpstreamCall call) {
        this.socket = socket;
        this.call = call;
        socket.pause();
    }

    /** The connection, paused until somebody reads from it. */
    public NetSocket socket() {
        return socket;
    }

    /** Says that something has moved, either way: a connection where nothing does is closed after a while. */
    public void touch() {
        call.touch();
    }

    /** Says that it is over. */
    public void closed() {
        call.cancel();
    }

    @Override
    public Future<ExchangeChunk> next() {
        return Future.succeededFuture(ExchangeChunk.last(Bytes.empty(), HttpHeaders.headers()));
    }

    @Override
    public void discard() {
        call.cancel();
    }
}
