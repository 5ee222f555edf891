package dev.jarway.testkit;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * A request as it reached the service behind the gateway.
 *
 * @param target path and query, as they stood in the request line
 * @param headers names in any case
 * @param body the whole of it, in UTF-8
 */
public record UpstreamRequest(String method, String target, HttpHeaders headers, String body) {

    static UpstreamRequest of(String method, String target, HttpHeaders headers, byte[] body) {
        return new UpstreamRequest(method, target, headers, new String(body, StandardCharsets.UTF_8));
    }

    /** The first value of a header; empty text if it is not there. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }
}
