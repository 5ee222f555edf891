package dev.jarway.plugin;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One request and its response: what a filter may know about it, and how it may steer it.
 *
 * <p>Used only where the filter's methods run; it must not be touched after {@link Filter#onComplete}, nor from other threads.
 */
public interface Exchange {

    /** Unique among all gateways: 32 hexadecimal digits. Stands in the access log and in error responses. */
    String id();

    /** The request. Its body is not part of it; that passes through the filter's methods. */
    Request request();

    /** What the client speaks. */
    Protocol protocol();

    /**
     * The client: the peer of the connection, or the one whom a proxy in front speaks for, if the configuration trusts that proxy.
     * The port is 0 where the proxy has not told it.
     */
    InetSocketAddress remoteAddress();

    /** The gateway's end of the connection. */
    InetSocketAddress localAddress();

    /** The TLS session of the connection, if it has one. */
    Optional<TlsSession> tls();

    /** When the request's headers had arrived. */
    Instant startedAt();

    /** The name of the matched route, once there is one. */
    Optional<String> route();

    /** The name of the service that the request goes to, once it is known. */
    Optional<String> service();

    /** The endpoint that the request goes to, once it is chosen. */
    Optional<Endpoint> endpoint();

    /** Who is calling, once a filter has said so. */
    Optional<Consumer> consumer();

    /** Says who is calling. */
    void setConsumer(Consumer consumer);

    /** What a filter has put under the key. */
    <T> Optional<T> attribute(Key<T> key);

    /** Puts a value under the key, for the filters of this exchange, of this plugin and of others. */
    <T> void setAttribute(Key<T> key, T value);

    /** Adds a field to this exchange's line in the access log. Secrets do not belong there. */
    void logField(String name, String value);

    /** Adds a field to this exchange's trace span. */
    void traceField(String name, String value);

    /**
     * Sends the request to another service than the route's. Has effect until the endpoint is chosen.
     *
     * @throws IllegalArgumentException if the configuration has no such service
     */
    void overrideService(String service);

    /**
     * Sends the request to this endpoint. Has effect until the endpoint is chosen.
     *
     * @param url as in {@link Endpoint#url()}
     * @param strict if true, the request fails where the endpoint cannot be reached; if false, the service's own endpoints
     *     are tried then
     */
    void overrideEndpoint(URI url, boolean strict);

    /** How long the service may take until its response's headers are here, in place of the service's own limit. */
    void setResponseTimeout(Duration timeout);

    /** The most bytes that the request's body may have, in place of the listener's own limit; more is answered with 413. */
    void setRequestBodyLimit(long bytes);

    /** A version of HTTP. */
    enum Protocol {
        HTTP_1_0("HTTP/1.0"),
        HTTP_1_1("HTTP/1.1"),
        HTTP_2("HTTP/2"),
        HTTP_3("HTTP/3");

        private final String text;

        Protocol(String text) {
            this.text = text;
        }

        /** As in access logs: {@code HTTP/1.1}. */
        @Override
        public String toString() {
            return text;
        }
    }
}
