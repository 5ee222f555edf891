package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayConfigTest {

    /** A start does without this check. */
    @Test
    void hasNoDefaultThatItWouldNotTake() {
        assertThatCode(() -> RecordSchema.of(GatewayConfig.class)).doesNotThrowAnyException();
    }

    @Test
    void needsListenersAndNothingElse() {
        assertThat(Documents.config("listeners: [ { name: web, port: 8080 } ]"))
                .isEqualTo(new GatewayConfig(
                        List.of(ListenerConfig.plain("web", "0.0.0.0", 8080)),
                        new PluginsConfig(Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(10), 10),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new AdminConfig("127.0.0.1", 9180, false, false),
                        new DrainConfig(Duration.ofSeconds(30)),
                        OverloadConfig.STANDARD,
                        new AccessLogConfig(true, AccessLogConfig.Format.TEXT),
                        new HistoryConfig(50)));
    }

    @Test
    void readsWhatAListenerLetsIn() {
        GatewayConfig config = Documents.config("""
                listeners:
                  - name: web
                    port: 8080
                    forwarded: { trust: [10.0.0.0/8], read: forwarded, write: both, realIp: true }
                    paths: { encodedSlash: decode, encodedBackslash: keep, dotSegments: resolve, emptySegments: merge }
                    headers: { underscores: reject }
                    limits:
                      requestLine: 1000
                      headers: 2000
                      headerCount: 30
                      body: 4000000000
                      trailers: 50
                      chunkExtensions: 60
                      headersWithin: 7s
                      bodyIdle: 8s
                      responseIdle: 14s
                      keepAlive: 9s
                      connections: 10
                      connectionsPerClient: 11
                      requestsPerConnection: 12
                      controlFrames: 13
                      streamResets: 15
                """);

        assertThat(config.listeners())
                .containsExactly(new ListenerConfig(
                        "web",
                        "0.0.0.0",
                        8080,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new ForwardedConfig(
                                List.of("10.0.0.0/8"),
                                ForwardedConfig.Read.FORWARDED,
                                ForwardedConfig.Write.BOTH,
                                true),
                        new PathsConfig(
                                PathsConfig.EncodedSlash.DECODE,
                                PathsConfig.EncodedBackslash.KEEP,
                                PathsConfig.DotSegments.RESOLVE,
                                PathsConfig.EmptySegments.MERGE),
                        new FieldsConfig(FieldsConfig.Underscores.REJECT),
                        new LimitsConfig(
                                1000,
                                2000,
                                30,
                                4_000_000_000L,
                                50,
                                60,
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(14),
                                Duration.ofSeconds(9),
                                10,
                                11,
                                12,
                                13,
                                15)));
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
                        Duration.ofMillis(500),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty()));
        assertThat(config.services())
                .containsExactly(new ServiceConfig(
                        "s",
                        List.of(new EndpointConfig("http://localhost:1", 1, 0)),
                        Optional.empty(),
                        ServiceProtocol.H1,
                        new UpstreamTlsConfig(
                                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), true),
                        new DnsConfig(Duration.ofSeconds(30)),
                        LoadBalancer.ROUND_ROBIN,
                        Optional.empty(),
                        new HealthConfig(Optional.empty(), Optional.empty(), "0%"),
                        Optional.empty(),
                        new TimeoutsConfig(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(60),
                                Optional.empty()),
                        new RetriesConfig(
                                1,
                                List.of("connect-failure", "refused-stream", "reset"),
                                Optional.empty(),
                                new RetryBudgetConfig("20%", 10)),
                        Optional.empty(),
                        new ServiceLimitsConfig(Optional.empty(), Optional.empty(), 1000, Duration.ofSeconds(1)),
                        List.of()));
        var anything = new MatchConfig(List.of(), Optional.empty(), Optional.empty(), List.of(), Map.of(), Map.of());
        assertThat(config.routes()).containsExactly(route("r", anything, "s", List.of()));
        assertThat(config.consumers()).containsExactly(new ConsumerConfig("c", Map.of()));
    }

    @Test
    void takesEveryKeyOfAListener() {
        var config = Documents.config("""
                listeners:
                  - name: secure
                    host: 127.0.0.1
                    port: 8443
                    protocols: [h2]
                    tls:
                      certificates: [ { cert: tls.crt, key: tls.key } ]
                      plugins: [ { plugin: keys@1.0.0, name: k, config: { a: 1 }, onFailure: open, timeout: 1s } ]
                      minVersion: "1.3"
                      ciphers: [TLS_AES_128_GCM_SHA256]
                      sessionTickets: false
                      clientAuth: optional
                      trust: ca.pem
                      forwardClientCert: true
                    proxyProtocol: { from: [10.0.0.1] }
                """);

        var plugin = new CertificatePluginConfig(
                "keys@1.0.0",
                Optional.of("k"),
                Optional.of(Documents.tree("a: 1")),
                OnFailure.OPEN,
                Duration.ofSeconds(1));
        var tls = new TlsConfig(
                List.of(new CertificateConfig("tls.crt", "tls.key")),
                List.of(plugin),
                "1.3",
                List.of("TLS_AES_128_GCM_SHA256"),
                false,
                ClientAuth.OPTIONAL,
                Optional.of("ca.pem"),
                true);
        assertThat(config.listeners())
                .containsExactly(new ListenerConfig(
                        "secure",
                        "127.0.0.1",
                        8443,
                        Optional.of(List.of(ListenerProtocol.H2)),
                        Optional.of(tls),
                        Optional.of(new ProxyProtocolConfig(List.of("10.0.0.1")))));
    }

    @Test
    void speaksHttp2ByDefaultWhereItSpeaksTls() {
        var config = Documents.config("""
                listeners:
                  - { name: plain, port: 1 }
                  - { name: secure, port: 2, tls: { certificates: [ { cert: c, key: k } ] } }
                """);

        assertThat(config.listeners().getFirst().spoken()).containsExactly(ListenerProtocol.H1);
        assertThat(config.listeners().getLast().spoken()).containsExactly(ListenerProtocol.H1, ListenerProtocol.H2);
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
                    endpoints: [ { url: "https://10.0.0.7:8443/", weight: 2, priority: 3 } ]
                    discovery: { plugin: files@1.0.0, config: { path: orders.txt } }
                    protocol: auto
                    tls: { serverName: orders.example.com, ca: ca.pem, certificate: c.pem, key: k.pem, verify: true }
                    dns: { interval: 10s }
                    limits: { requests: 200, connections: 100, pendingRequests: 50, pendingFor: 700ms }
                    loadBalancer: consistent-hash
                    hash: { cookie: session }
                    health:
                      active:
                        path: /healthz
                        host: orders.example.com
                        interval: 2s
                        timeout: 300ms
                        healthy: 1
                        unhealthy: 4
                        status: [2xx, "304"]
                      passive: { failures: 7, status: ["503"], ejectFor: 10s, longest: 1m, maxEjected: 20% }
                      panicBelow: 25%
                    slowStart: 40s
                    timeouts: { connect: 3s, response: 4s, idle: 5m, total: 6m }
                    retries: { attempts: 2, on: [reset, "503", 5xx], perTryTimeout: 2s, budget: { share: 10%, minPerSecond: 3 } }
                    hedge: { after: 80ms, atMost: 2 }
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
                    rewrite: { prefix: /v2, host: orders.internal }
                    mirror: { service: orders, share: 10% }
                    limits: { adaptive: { min: 5, max: 50 }, exempt: true }
                    filters:
                      - plugin: mock@1.2.0
                        name: canned
                        enabled: false
                        optional: true
                        config: { content: hello }
                        rules: [ { match: { hosts: ["*"], routes: [ord*], services: [orders] }, config: { content: bye } } ]
                        onFailure: open
                        timeout: 50ms
                        sticky: { header: x-user }
                        select: [ { match: { headers: { x-canary: "1" }, consumers: [alice] }, version: 1.3.0 } ]
                        rollout:
                          target: 1.3.0
                          name: mock-1.3
                          steps: [10, 100]
                          hold: 1m
                          minRequests: 50
                          abort: { errorRate: 0.5%, latency: "off" }
                      - { plugin: mock, versions: { "1.2.0": 90, "1.3.0": 10 }, sticky: { consumer: true } }
                  - { name: regex, match: { pathRegex: "/x/[0-9]+" }, service: orders }
                  - name: split
                    match: { path: /split }
                    services: [ { name: orders, weight: 9 } ]
                    sticky: { header: x-user }
                    rewrite: { path: / }
                  - { name: old, match: { path: /old }, redirect: { status: 301, scheme: https, host: "a:1", path: /new } }
                  - { name: gone, match: { path: /gone }, redirect: { location: / } }
                consumers: [ { name: alice, credentials: { key-auth: { key: k } } } ]
                admin: { host: 0.0.0.0, port: 9999, uploads: true, readOnly: true }
                drain: { deadline: 1m }
                overload: { requests: 2000, heap: 90, descriptors: 80, retryAfter: 5s }
                accessLog: { enabled: false, format: json }
                history: { retain: 7 }
                """);

        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        List.of(ListenerConfig.plain("web", "127.0.0.1", 8080)),
                        new PluginsConfig(Optional.of("plugins"), Duration.ofSeconds(1), Duration.ofSeconds(2), 10),
                        List.of(filter("log")),
                        List.of(new HostConfig("*.example.com", List.of(filter("cors")))),
                        List.of(new ServiceConfig(
                                "orders",
                                List.of(new EndpointConfig("https://10.0.0.7:8443/", 2, 3)),
                                Optional.of(new DiscoveryConfig(
                                        "files@1.0.0", Optional.of(Documents.tree("path: orders.txt")))),
                                ServiceProtocol.AUTO,
                                new UpstreamTlsConfig(
                                        Optional.of("orders.example.com"),
                                        Optional.of("ca.pem"),
                                        Optional.of("c.pem"),
                                        Optional.of("k.pem"),
                                        true),
                                new DnsConfig(Duration.ofSeconds(10)),
                                LoadBalancer.CONSISTENT_HASH,
                                Optional.of(new StickyConfig(Optional.empty(), Optional.of("session"), false, false)),
                                new HealthConfig(
                                        Optional.of(new ActiveHealthConfig(
                                                "/healthz",
                                                Optional.of("orders.example.com"),
                                                Duration.ofSeconds(2),
                                                Duration.ofMillis(300),
                                                1,
                                                4,
                                                List.of("2xx", "304"))),
                                        Optional.of(new PassiveHealthConfig(
                                                7,
                                                List.of("503"),
                                                Duration.ofSeconds(10),
                                                Duration.ofMinutes(1),
                                                "20%")),
                                        "25%"),
                                Optional.of(Duration.ofSeconds(40)),
                                new TimeoutsConfig(
                                        Duration.ofSeconds(3),
                                        Duration.ofSeconds(4),
                                        Duration.ofMinutes(5),
                                        Optional.of(Duration.ofMinutes(6))),
                                new RetriesConfig(
                                        2,
                                        List.of("reset", "503", "5xx"),
                                        Optional.of(Duration.ofSeconds(2)),
                                        new RetryBudgetConfig("10%", 3)),
                                Optional.of(new HedgeConfig(Duration.ofMillis(80), 2)),
                                new ServiceLimitsConfig(Optional.of(200), Optional.of(100), 50, Duration.ofMillis(700)),
                                List.of(filter("headers")))),
                        List.of(
                                new RouteConfig(
                                        "orders",
                                        fullMatch(),
                                        Optional.of("orders"),
                                        List.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(new RewriteConfig(
                                                Optional.empty(), Optional.of("/v2"), Optional.of("orders.internal"))),
                                        Optional.of(new MirrorConfig("orders", "10%")),
                                        new RouteLimitsConfig(
                                                Optional.empty(), Optional.of(new AdaptiveConfig(5, 50)), true),
                                        List.of(fullFilter(), splitFilter())),
                                route("regex", regexMatch(), "orders", List.of()),
                                new RouteConfig(
                                        "split",
                                        path("/split"),
                                        Optional.empty(),
                                        List.of(new ServiceShareConfig("orders", 9)),
                                        Optional.of(new StickyConfig(
                                                Optional.of("x-user"), Optional.empty(), false, false)),
                                        Optional.empty(),
                                        Optional.of(new RewriteConfig(
                                                Optional.of("/"), Optional.empty(), Optional.empty())),
                                        Optional.empty(),
                                        RouteLimitsConfig.NONE,
                                        List.of()),
                                redirect(
                                        "/old",
                                        new RedirectConfig(
                                                301,
                                                Optional.empty(),
                                                Optional.of("https"),
                                                Optional.of("a:1"),
                                                Optional.of("/new"))),
                                redirect(
                                        "/gone",
                                        new RedirectConfig(
                                                302,
                                                Optional.of("/"),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty()))),
                        List.of(new ConsumerConfig("alice", Map.of("key-auth", Documents.tree("key: k")))),
                        new AdminConfig("0.0.0.0", 9999, true, true),
                        new DrainConfig(Duration.ofMinutes(1)),
                        new OverloadConfig(Optional.of(2000), 90, 80, Duration.ofSeconds(5)),
                        new AccessLogConfig(false, AccessLogConfig.Format.JSON),
                        new HistoryConfig(7)));
    }

    private static RouteConfig route(String name, MatchConfig match, String service, List<FilterConfig> filters) {
        return new RouteConfig(
                name,
                match,
                Optional.of(service),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RouteLimitsConfig.NONE,
                filters);
    }

    private static RouteConfig redirect(String path, RedirectConfig redirect) {
        return new RouteConfig(
                path.substring(1),
                path(path),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.of(redirect),
                Optional.empty(),
                Optional.empty(),
                RouteLimitsConfig.NONE,
                List.of());
    }

    private static MatchConfig path(String path) {
        return new MatchConfig(List.of(), Optional.of(path), Optional.empty(), List.of(), Map.of(), Map.of());
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
                Duration.ofMillis(500),
                Map.of(),
                Optional.empty(),
                List.of(),
                Optional.empty());
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
                Duration.ofMillis(50),
                Map.of(),
                Optional.of(new StickyConfig(Optional.of("x-user"), Optional.empty(), false, false)),
                List.of(new SelectConfig(new SelectMatch(Map.of("x-canary", "1"), List.of("alice")), "1.3.0")),
                Optional.of(new RolloutConfig(
                        "1.3.0",
                        Optional.of("mock-1.3"),
                        List.of(10, 100),
                        Duration.ofMinutes(1),
                        50,
                        new AbortConfig("0.5%", "off"))));
    }

    private static FilterConfig splitFilter() {
        return new FilterConfig(
                "mock",
                Optional.empty(),
                true,
                false,
                Optional.empty(),
                List.of(),
                OnFailure.CLOSED,
                Duration.ofMillis(500),
                Map.of("1.2.0", 90, "1.3.0", 10),
                Optional.of(new StickyConfig(Optional.empty(), Optional.empty(), true, false)),
                List.of(),
                Optional.empty());
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
                        "/listeners/0/prot: unknown key 'prot', did you mean 'port'?"
                                + " (expected: one of: name, host, port, protocols, tls, proxyProtocol, forwarded, paths, headers, limits)",
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
