package dev.jarway.benchmarks.spring;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The five filters in their order. They run within what writes the response, so they may change it until it is written. */
@Configuration(proxyBeanMethods = false)
@Profile("filters")
class Filters {
    static final String KEY_FIELD = "x-api-key";

    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    @Bean
    GlobalFilter requestId() {
        return new RequestIdFilter(0);
    }

    @Bean
    GlobalFilter addresses() {
        return new AddressFilter(
                1,
                List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8", "127.0.0.0/8"),
                List.of("127.0.66.0/24"));
    }

    @Bean
    GlobalFilter key() {
        return new KeyFilter(2, "benchmark");
    }

    @Bean
    GlobalFilter limit() {
        return new LimitFilter(3, new TokenBuckets(1_000_000, 1_000_000));
    }

    @Bean
    GlobalFilter fields() {
        return new FieldsFilter(4);
    }

    /** Answers a request itself. */
    static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status, String text) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        response.getHeaders().setContentType(TEXT);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(text.getBytes(StandardCharsets.UTF_8))));
    }
}
