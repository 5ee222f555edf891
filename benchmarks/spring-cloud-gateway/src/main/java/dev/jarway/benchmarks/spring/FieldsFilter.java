package dev.jarway.benchmarks.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Removes, renames, sets and adds header fields. */
final class FieldsFilter implements GlobalFilter, Ordered {
    private final int order;

    FieldsFilter(int order) {
        this.order = order;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
        ServerWebExchange changed = exchange.mutate()
                .request(request -> request.headers(FieldsFilter::changeRequest))
                .build();
        return chain.filter(changed)
                .then(Mono.fromRunnable(
                        () -> changeResponse(changed.getResponse().getHeaders())));
    }

    private static void changeRequest(HttpHeaders fields) {
        fields.remove(Filters.KEY_FIELD);
        rename(fields, "x-client", "x-caller");
        fields.set("x-gateway", "compare");
    }

    private static void changeResponse(HttpHeaders fields) {
        fields.remove("x-powered-by");
        rename(fields, "x-node", "x-served-by");
        fields.add("cache-control", "no-store");
    }

    private static void rename(HttpHeaders fields, String from, String to) {
        @Nullable List<String> values = fields.remove(from);
        if (values != null) {
            fields.put(to, values);
        }
    }

    @Override
    public int getOrder() {
        return order;
    }
}
