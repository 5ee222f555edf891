package dev.jarway.runtime.filter;

import dev.jarway.plugin.Consumer;
import dev.jarway.runtime.config.StickyConfig;
import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.exchange.GatewayExchange;
import java.util.Optional;

/** By what the requests of one caller are known. */
public sealed interface StickyKey {

    /** As the configuration says, which is known to say exactly one thing. */
    static StickyKey of(StickyConfig config) {
        if (config.header().isPresent()) {
            return new Header(config.header().get());
        }
        if (config.cookie().isPresent()) {
            return new Cookie(config.cookie().get());
        }
        return config.consumer() ? new Caller() : new ClientAddress();
    }

    /** The key of an exchange; empty if it has none. */
    default Optional<String> of(GatewayExchange exchange, ExchangeRequest request) {
        Optional<String> key = switch (this) {
            case Header header -> Optional.ofNullable(request.fields().get(header.name()));
            case Cookie cookie -> request.cookie(cookie.name());
            case Caller caller -> exchange.consumer().map(Consumer::name);
            case ClientAddress address -> Optional.of(exchange.remoteAddress().getHostString());
        };
        return key.filter(text -> !text.isBlank());
    }

    /** The value of a header. */
    record Header(String name) implements StickyKey {}

    /** The value of a cookie. */
    record Cookie(String name) implements StickyKey {}

    /** The consumer. */
    record Caller() implements StickyKey {}

    /** The address of the client, as far as it is known. */
    record ClientAddress() implements StickyKey {}
}
