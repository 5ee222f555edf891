package dev.jarway.runtime.admission;

import dev.jarway.runtime.exchange.Authority;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of an HTTP/2 connection say of whom they are for, as far as that has no one meaning. Vert.x takes an
 * {@code :authority} that it cannot read for none, and of several hosts in its place the first, and shows neither.
 */
public final class PseudoAuthority extends FieldsListener {
    private static final AttributeKey<PseudoAuthority> KEY = AttributeKey.valueOf(PseudoAuthority.class, "authority");

    private final Http2Connection connection;
    private final Http2Connection.PropertyKey doubt;

    private PseudoAuthority(Http2ConnectionHandler http2) {
        super(http2.decoder().frameListener());
        this.connection = http2.connection();
        this.doubt = connection.newKey();
    }

    /** Begins to look at those of a connection. */
    public static void watch(Channel channel, Http2ConnectionHandler http2) {
        PseudoAuthority authority = new PseudoAuthority(http2);
        http2.decoder().frameListener(authority);
        channel.attr(KEY).set(authority);
    }

    /** Whom a request over HTTP/2 or HTTP/3 is for; null if there is neither {@code :authority} nor a host. */
    static @Nullable Authority of(HttpServerRequest request) {
        String why = request.authority(true) == null ? doubt(request) : null;
        if (why != null) {
            throw GatewayFailure.of(FailureCode.BAD_REQUEST, why);
        }
        HostAndPort named = request.authority();
        return named == null
                ? null
                : Authority.parse(named.port() < 0 ? named.host() : named.host() + ":" + named.port());
    }

    /**
     * Why a request that seems to have no {@code :authority} cannot do with its host; null if it can. Over HTTP/3 there is nobody
     * to ask: there Netty lets no host in that is not literally what {@code :authority} says.
     */
    private static @Nullable String doubt(HttpServerRequest request) {
        Channel channel = ((HttpServerConnection) request.connection())
                .channelHandlerContext()
                .channel();
        PseudoAuthority authority = channel.attr(KEY).get();
        Http2Stream stream = authority == null ? null : authority.connection.stream((int) request.streamId());
        return authority == null || stream == null ? null : stream.getProperty(authority.doubt);
    }

    @Override
    protected boolean look(int id, Http2Headers fields, boolean last) {
        Http2Stream stream = connection.stream(id);
        boolean trailers = fields.method() == null;
        String why = trailers ? null : doubt(fields);
        if (stream != null && why != null) {
            stream.setProperty(doubt, why);
        }
        return true;
    }

    private static @Nullable String doubt(Http2Headers fields) {
        CharSequence named = fields.authority();
        if (named != null) {
            return isReadable(named.toString())
                    ? null
                    : ":authority: no host, and perhaps a port (RFC 9113 section 8.3.1)";
        }
        List<CharSequence> hosts = fields.getAll(HttpHeaders.HOST);
        return hosts.size() > 1 ? "host: " + hosts.size() + " fields (expected: exactly one)" : null;
    }

    private static boolean isReadable(String authority) {
        try {
            Authority.parse(authority);
            return true;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
