package dev.jarway.benchmarks.spring;

import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Takes a token for the request from the bucket of its key, and tells the caller in the response how many are left. */
final class LimitFilter implements GlobalFilter, Ordered {
    private final int order;
    private final TokenBuckets buckets;
    private final String policy;

    LimitFilter(int order, TokenBuckets buckets) {
        this.order = order;
        this.buckets = buckets;
        this.policy = "\"default\";q=" + buckets.burst() + ";w=" + seconds(buckets.nanosToFill());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        // It is there: the filter before has looked.
        String key = String.valueOf(exchange.getRequest().getHeaders().getFirst(Filters.KEY_FIELD));
        TokenBuckets.Take taken = buckets.take(key);
        exchange.getResponse().beforeCommit(() -> {
            HttpHeaders fields = exchange.getResponse().getHeaders();
            fields.set("ratelimit-policy", policy);
            fields.set("ratelimit", "\"default\";r=" + taken.remaining() + ";t=" + seconds(taken.nanosToFull()));
            return Mono.empty();
        });
        if (taken.allowed()) {
            return chain.filter(exchange);
        }
        exchange.getResponse().getHeaders().set("retry-after", Long.toString(seconds(taken.nanosToNext())));
        return Filters.refuse(exchange, HttpStatus.TOO_MANY_REQUESTS, "too many requests\n");
    }

    private static long seconds(long nanos) {
        return Math.ceilDiv(nanos, 1_000_000_000L);
    }

    @Override
    public int getOrder() {
        return order;
    }
}
