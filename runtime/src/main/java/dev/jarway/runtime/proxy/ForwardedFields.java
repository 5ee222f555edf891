package dev.jarway.runtime.proxy;

import dev.jarway.plugin.Exchange;
import dev.jarway.runtime.exchange.ExchangeRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fields by which a service learns who is behind the gateway. No proxy in front of the gateway is trusted, so whatever
 * stood there is replaced.
 */
final class ForwardedFields {
    private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
    private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");

    /** What services take for the word of a proxy, by whatever convention. */
    private static final List<CharSequence> CLAIMS = Stream.of(
                    "forwarded",
                    "x-forwarded",
                    "x-forwarded-for",
                    "x-forwarded-host",
                    "x-forwarded-proto",
                    "x-forwarded-port",
                    "x-forwarded-prefix",
                    "x-forwarded-scheme",
                    "x-forwarded-server",
                    "x-forwarded-ssl",
                    "x-real-ip")
            .map(HttpHeaders::createOptimized)
            .toList();

    private ForwardedFields() {}

    /** Takes off what a client has claimed, before a filter can see it. */
    static void strip(MultiMap fields) {
        CLAIMS.forEach(fields::remove);
    }

    static void write(Exchange exchange, ExchangeRequest request) {
        MultiMap fields = request.fields();
        fields.set(FOR, exchange.remoteAddress().getHostString());
        fields.set(HOST, request.host());
        fields.set(PROTO, request.scheme());
    }
}
