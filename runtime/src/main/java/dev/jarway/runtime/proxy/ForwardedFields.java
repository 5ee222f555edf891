package dev.jarway.runtime.proxy;

import dev.jarway.plugin.Exchange;
import dev.jarway.runtime.exchange.ExchangeRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * The fields by which a service learns who is behind the gateway. No proxy in front of the gateway is trusted, so whatever
 * stood there is replaced.
 */
final class ForwardedFields {
    private static final CharSequence FOR = HttpHeaders.createOptimized("x-forwarded-for");
    private static final CharSequence HOST = HttpHeaders.createOptimized("x-forwarded-host");
    private static final CharSequence PROTO = HttpHeaders.createOptimized("x-forwarded-proto");

    private ForwardedFields() {}

    static void write(Exchange exchange, ExchangeRequest request) {
        MultiMap fields = request.fields();
        fields.set(FOR, exchange.remoteAddress().getHostString());
        fields.set(HOST, request.host());
        fields.set(PROTO, request.scheme());
    }
}
