package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ServiceProtocol;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How the endpoints of a service are spoken to. Immutable. */
public final class Dialect {
    private final ServiceProtocol protocol;
    private final EndpointTls tls;
    private final Duration connect;
    private final ClientSSLOptions secured;

    /**
     * How they are spoken to.
     *
     * @param protocol in which version of HTTP
     * @param tls how those are that want TLS
     * @param connect until a connection is open
     */
    Dialect(ServiceProtocol protocol, EndpointTls tls, Duration connect) {
        this.protocol = protocol;
        this.tls = tls;
        this.connect = connect;
        this.secured = tls.options().copy();
        // Else a handshake would go on, and have its place in the pool, when nobody waits for it any more.
        secured.setSslHandshakeTimeout(connect.toMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** How those are that want TLS. */
    public EndpointTls tls() {
        return tls;
    }

    /** How long to wait until a connection is open. */
    public Duration connect() {
        return connect;
    }

    /** The same for connections that have to be open in another time. */
    public Dialect within(Duration time) {
        return new Dialect(protocol, tls, time);
    }

    /** Whether it is certain before there is a connection that it is in the clear, and of HTTP/1. */
    public boolean isPlainHttp1(LiveEndpoint endpoint) {
        return !endpoint.address().secure() && protocol != ServiceProtocol.H2;
    }

    /** What a connection to that endpoint has to be like, for a request that may go over HTTP/2 or not. */
    public RequestOptions to(LiveEndpoint endpoint, boolean mayBeHttp2) {
        return to(endpoint.address(), mayBeHttp2).setServer(endpoint.socket());
    }

    /** What a connection to that address has to be like, for a request that may go over HTTP/2 or not. */
    public RequestOptions to(EndpointAddress address, boolean mayBeHttp2) {
        RequestOptions options = new RequestOptions()
                .setServer(address.socket())
                .setHost(EndpointAddress.bracketed(address.host()))
                .setPort(address.port())
                .setSsl(address.secure())
                .setConnectTimeout(connect.toMillis())
                .setProtocolVersion(mayBeHttp2 ? version(address.secure()) : HttpVersion.HTTP_1_1);
        if (address.secure()) {
            options.setSslOptions(secured);
            tls.serverName().ifPresent(options::setHost);
        }
        return options;
    }

    /** Null if the handshake is to tell. */
    private @Nullable HttpVersion version(boolean secure) {
        return switch (protocol) {
            case H1 -> HttpVersion.HTTP_1_1;
            case H2 -> HttpVersion.HTTP_2;
            case AUTO -> secure ? null : HttpVersion.HTTP_1_1;
        };
    }
}
