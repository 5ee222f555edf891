package dev.jarway.benchmarks.spring;

import java.util.List;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Lets requests pass that carry the key, once and no other. */
final class KeyFilter implements GlobalFilter, Ordered {
    private final int order;
    private final List<String> expected;

    KeyFilter(int order, String key) {
        this.order = order;
        this.expected = List.of(key);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        return expected.equals(exchange.getRequest().getHeaders().get(Filters.KEY_FIELD))
                ? chain.filter(exchange)
                : Filters.refuse(exchange, HttpStatus.FORBIDDEN, "forbidden\n");
    }

    @Override
    public int getOrder() {
        return order;
    }
}
