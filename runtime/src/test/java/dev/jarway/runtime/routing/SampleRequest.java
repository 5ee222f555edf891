package dev.jarway.runtime.routing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request of which only the parts exist that routes look at. */
record SampleRequest(
        String method,
        String host,
        String path,
        Map<String, List<String>> headers,
        Map<String, List<String>> parameters)
        implements RequestTarget {

    static SampleRequest of(String method, String host, String path) {
        return new SampleRequest(method, host, path, Map.of(), Map.of());
    }

    static SampleRequest get(String path) {
        return of("GET", "www.example.com", path);
    }

    SampleRequest withHeader(String name, String... values) {
        var more = new HashMap<>(headers);
        more.put(name, List.of(values));
        return new SampleRequest(method, host, path, more, parameters);
    }

    SampleRequest withQuery(String name, String... values) {
        var more = new HashMap<>(parameters);
        more.put(name, List.of(values));
        return new SampleRequest(method, host, path, headers, more);
    }

    @Override
    public List<String> header(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public List<String> query(String name) {
        return parameters.getOrDefault(name, List.of());
    }
}
