package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ServiceProtocol;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/**
 * How the endpoints of a service are spoken to.
 *
 * @param protocol in which version of HTTP
 * @param tls how those are that want TLS
 */
public record Dialect(ServiceProtocol protocol, EndpointTls tls) {

    /** What a connection to that endpoint has to be like, for a request that may go over HTTP/2 or not. */
    public RequestOptions to(LiveEndpoint endpoint, boolean mayBeHttp2) {
        return to(endpoint.address(), mayBeHttp2).setServer(endpoint.socket());
    }

    /** What a connection to that address has to be like, for a request that may go over HTTP/2 or not. */
    public RequestOptions to(EndpointAddress address, boolean mayBeHttp2) {
        RequestOptions options = new RequestOptions()
                .setServer(address.socket())
                .setHost(address.host())
                .setPort(address.port())
                .setSsl(address.secure())
                .setProtocolVersion(mayBeHttp2 ? version(address.secure()) : HttpVersion.HTTP_1_1);
        if (address.secure()) {
            options.setSslOptions(tls.options());
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
