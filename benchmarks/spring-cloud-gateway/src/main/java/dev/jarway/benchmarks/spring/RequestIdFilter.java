package dev.jarway.benchmarks.spring;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives each request an id that the service and the client see. */
final class RequestIdFilter implements GlobalFilter, Ordered {
    private static final String FIELD = "x-request-id";
    private static final HexFormat HEX = HexFormat.of();

    private final int order;

    RequestIdFilter(int order) {
        this.order = order;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String id = HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
        exchange.getResponse().beforeCommit(() -> {
            exchange.getResponse().getHeaders().set(FIELD, id);
            return Mono.empty();
        });
        return chain.filter(
                exchange.mutate().request(request -> request.header(FIELD, id)).build());
    }

    @Override
    public int getOrder() {
        return order;
    }
}
