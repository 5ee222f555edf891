package dev.jarway.runtime.listener;

import dev.jarway.runtime.proxy.UnderWay;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.impl.HttpServerConnection;

/**
 * The limit to how long nothing may move on a connection, for those times only in which its client alone could move something.
 * While a service or a plugin is waited for, their own limits hold. Belongs to one event loop.
 */
final class IdleLimit extends ChannelInboundHandlerAdapter {
    private final HttpConnection connection;
    private final UnderWay underWay;

    private IdleLimit(HttpConnection connection, UnderWay underWay) {
        this.connection = connection;
        this.underWay = underWay;
    }

    /** Puts it between the clock of a connection that has just begun, and Vert.x, which closes when that strikes. */
    static void on(HttpConnection connection, UnderWay underWay) {
        ((HttpServerConnection) connection)
                .channelHandlerContext()
                .pipeline()
                .addBefore("handler", "idle-limit", new IdleLimit(connection, underWay));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof IdleStateEvent) || !underWay.isBusy(connection)) {
            context.fireUserEventTriggered(event);
        }
    }
}
