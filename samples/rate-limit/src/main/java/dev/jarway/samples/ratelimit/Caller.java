package dev.jarway.samples.ratelimit;

import dev.jarway.plugin.Consumer;
import dev.jarway.plugin.Exchange;
import java.util.Optional;

/** What tells one caller from another. Where it is missing, the address does. */
@FunctionalInterface
interface Caller {

    Optional<String> name(Exchange exchange);

    static Caller of(String key) {
        return switch (key) {
            case "ip" -> exchange -> Optional.empty();
            case "consumer" -> exchange -> exchange.consumer().map(Consumer::name);
            default -> {
                var header = key.substring("header:".length());
                yield exchange -> exchange.request().headers().get(header);
            }
        };
    }

    /** A key that no other caller has: a name is never taken for an address. */
    default String key(Exchange exchange) {
        return name(exchange)
                .map(name -> "name:" + name)
                .orElseGet(() -> "ip:" + exchange.remoteAddress().getHostString());
    }
}
