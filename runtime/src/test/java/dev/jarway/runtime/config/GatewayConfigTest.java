package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    @Test
    void needsListenersAndNothingElse() {
        assertThat(Documents.config("listeners: [ { name: web, port: 8080 } ]"))
                .isEqualTo(new GatewayConfig(
                        List.of(new ListenerConfig("web", "0.0.0.0", 8080, List.of(ListenerProtocol.H1))),
                        new PluginsConfig(Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(10)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new AdminConfig("127.0.0.1", 9180, false, false),
                        new DrainConfig(Duration.ofSeconds(30)),
                        new AccessLogConfig(true, AccessLogConfig.Format.TEXT)));
    }

    @Test
    void fillsInTheDefaultsOfElements() {
        var config = Documents.config("""
                listeners: [ { name: web, port: 0 } ]
                filters: [ { plugin: request-id, rules: [ { match: { hosts: [a] } } ] } ]
                services: [ { name: s, endpoints: [ { url: "http://localhost:1" } ] } ]
                routes: [ { name: r, service: s } ]
                consumers: [ { name: c } ]
                """);

        var rule = new RuleConfig(new RuleMatch(List.of("a"), List.of(), List.of()), Optional.empty());
        assertThat(config.filters())
                .containsExactly(new FilterConfig(
                        "request-id",
                        Optional.empty(),
                        true,
                        false,
                        Optional.empty(),
                        List.of(rule),
                        OnFailure.CLOSED,
                        Duration.ofMillis(500)));
        assertThat(config.services())
                .containsExactly(new ServiceConfig(
                        "s",
                        List.of(new EndpointConfig("http://localhost:1", 1)),
                        new TimeoutsConfig(Duration.ofSeconds(1), Duration.ofSeconds(15), Duration.ofSeconds(60)),
                        List.of()));
        var anything = new MatchConfig(List.of(), Optional.empty(), Optional.empty(), List.of(), Map.of(), Map.of());
        assertThat(config.routes()).containsExactly(new RouteConfig("r", anything, "s", List.of()));
        assertThat(config.consumers()).containsExactly(new ConsumerConfig("c", Map.of()));
    }

    @Test
    void takesEveryKey() {
        var config = Documents.config("""
                listeners: [ { name: web, host: 127.0.0.1, port: 8080 } ]
                plugins: { directory: plugins, createTimeout: 1s, closeTimeout: 2s }
                filters: [ { plugin: log } ]
                hosts: [ { name: "*.example.com", filters: [ { plugin: cors } ] } ]
                services:
                  - name: orders
                    endpoints: [ { url: "https://10.0.0.7:8443/", weight: 2 } ]
                    timeouts: { connect: 3s, response: 4s, idle: 5m }
                    filters: [ { plugin: headers } ]
                routes:
                  - name: orders
                    match:
                      hosts: [www.example.com]
                      path: /orders/**
                      methods: [GET, POST]
                      headers: { x-env: prod }
                      query: { page: "*" }
                    service: orders
                    filters:
                      - plugin: mock@1.2.0
                        name: canned
                        enabled: false
                        optional: true
                        config: { content: hello }
                        rules: [ { match: { hosts: ["*"], routes: [ord*], services: [orders] }, config: { content: bye } } ]
                        onFailure: open
                        timeout: 50ms
                  - { name: regex, match: { pathRegex: "/x/[0-9]+" }, service: orders }
                consumers: [ { name: alice, credentials: { key-auth: { key: k } } } ]
                admin: { host: 0.0.0.0, port: 9999, uploads: true, readOnly: true }
                drain: { deadline: 1m }
                accessLog: { enabled: false, format: json }
                """);

        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        List.of(new ListenerConfig("web", "127.0.0.1", 8080, List.of(ListenerProtocol.H1))),
                        new PluginsConfig(Optional.of("plugins"), Duration.ofSeconds(1), Duration.ofSeconds(2)),
                        List.of(filter("log")),
                        List.of(new HostConfig("*.example.com", List.of(filter("cors")))),
                        List.of(new ServiceConfig(
                                "orders",
                                List.of(new EndpointConfig("https://10.0.0.7:8443/", 2)),
                                new TimeoutsConfig(Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofMinutes(5)),
                                List.of(filter("headers")))),
                        List.of(
                                new RouteConfig("orders", fullMatch(), "orders", List.of(fullFilter())),
                                new RouteConfig("regex", regexMatch(), "orders", List.of())),
                        List.of(new ConsumerConfig("alice", Map.of("key-auth", Documents.tree("key: k")))),
                        new AdminConfig("0.0.0.0", 9999, true, true),
                        new DrainConfig(Duration.ofMinutes(1)),
                        new AccessLogConfig(false, AccessLogConfig.Format.JSON)));
    }

    private static FilterConfig filter(String plugin) {
        return new FilterConfig(
                plugin,
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                List.of(),
                OnFailure.CLOSED,
                Duration.ofMillis(500));
    }

    private static FilterConfig fullFilter() {
        var match = new RuleMatch(List.of("*"), List.of("ord*"), List.of("orders"));
        return new FilterConfig(
                "mock@1.2.0",
                Optional.of("canned"),
                false,
                true,
                Optional.of(Documents.tree("content: hello")),
                List.of(new RuleConfig(match, Optional.of(Documents.tree("content: bye")))),
                OnFailure.OPEN,
                Duration.ofMillis(50));
    }

    private static MatchConfig fullMatch() {
        return new MatchConfig(
                List.of("www.example.com"),
                Optional.of("/orders/**"),
                Optional.empty(),
                List.of("GET", "POST"),
                Map.of("x-env", "prod"),
                Map.of("page", "*"));
    }

    private static MatchConfig regexMatch() {
        return new MatchConfig(List.of(), Optional.empty(), Optional.of("/x/[0-9]+"), List.of(), Map.of(), Map.of());
    }

    @Test
    void reportsAllMistakesAtOnce() {
        assertThat(Documents.problems("""
                listeners: [ { name: web, prot: 8080 } ]
                services: [ { name: orders, endpoints: [ { url: "localhost:9001", weight: 0 } ] } ]
                routes:
                  - { name: a, service: oders, match: { path: orders } }
                  - { name: a, service: orders, filters: [ { plugin: x, timeout: 0s, onFailure: maybe } ] }
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/0/port: missing (expected: a whole number)",
                        "/listeners/0/prot: unknown key 'prot', did you mean 'port'? (expected: one of: name, host, port)",
                        "/services/0/endpoints/0/url: \"localhost:9001\""
                                + " (expected: http:// or https://, a host and a port, without a path)",
                        "/services/0/endpoints/0/weight: 0 (expected: at least 1)",
                        "/routes/0/service: \"oders\", did you mean 'orders'? (expected: one of: orders)",
                        "/routes/0/match/path: \"orders\" (expected: a path that begins with /)",
                        "/routes/1/name: \"a\", as at /routes/0/name (expected: a name of its own)",
                        "/routes/1/filters/0/timeout: \"0s\""
                                + " (expected: a duration such as 500ms, 5s, 1m, 2h or 1d, longer than 0)",
                        "/routes/1/filters/0/onFailure: \"maybe\" (expected: one of: closed, open)");
    }

    @Test
    void takesNoKeyWithoutAValue() {
        assertThat(Documents.problems("""
                listeners: [ { name: web, port: 99999 } ]
                plugins:
                filters: [ { plugin: a, config: ~ } ]
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/0/port: 99999 (expected: at most 65535)",
                        "/plugins: null (expected: a map; a key without a value is left out)",
                        "/filters/0/config: null (expected: a map; a key without a value is left out)");
    }
}
