package dev.jarway.plugin;

import java.net.URI;

/**
 * One address of a service.
 *
 * @param url scheme ({@code http} or {@code https}), host and port (1 to 65535); no path, query or user information
 * @param weight its share of the requests relative to the other endpoints of its service; 1 to 65535
 */
public record Endpoint(URI url, int weight) {

    public Endpoint {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("url: " + url + " (expected: http://host:port or https://host:port)");
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            throw new IllegalArgumentException("url: " + url + " (expected: a port from 1 to 65535)");
        }
        if (weight < 1 || weight > 65_535) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to 65535)");
        }
    }

    /** An endpoint of weight 1, as in {@code Endpoint.of("http://10.0.0.7:8080")}. */
    public static Endpoint of(String url) {
        return new Endpoint(URI.create(url), 1);
    }

    /** The host of the URL: a name, an IPv4 address, or an IPv6 address without its brackets. */
    public String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port of the URL, or the scheme's own where the URL names none. */
    public int port() {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return secure() ? 443 : 80;
    }

    /** Whether the endpoint is spoken to over TLS. */
    public boolean secure() {
        return "https".equals(url.getScheme());
    }
}
