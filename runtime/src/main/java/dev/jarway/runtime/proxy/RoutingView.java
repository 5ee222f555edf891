package dev.jarway.runtime.proxy;

import dev.jarway.runtime.exchange.ExchangeRequest;
import dev.jarway.runtime.routing.RequestTarget;
import java.util.List;

/** A request as the route table looks at it. */
record RoutingView(ExchangeRequest request) implements RequestTarget {

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public String path() {
        return request.path();
    }

    @Override
    public String method() {
        return request.method();
    }

    @Override
    public List<String> header(String name) {
        return request.fields().getAll(name);
    }

    @Override
    public List<String> query(String name) {
        return request.queryAll(name);
    }
}
