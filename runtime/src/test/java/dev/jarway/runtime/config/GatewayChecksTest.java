package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatewayChecksTest {
    private static final String LISTENERS = "listeners: [ { name: web, port: 0 } ]\n";

    @Test
    void isNotBroughtDownByLongTexts() {
        var labels = "a.".repeat(20_000) + "a";
        var groups = "(".repeat(20_000) + ")".repeat(20_000);
        var braces = "/" + "{".repeat(100_000);

        assertThat(Documents.problems(LISTENERS + "hosts: [ { name: " + labels + ", filters: [] } ]"))
                .hasSize(1);
        assertThat(Documents.problems(LISTENERS + "filters: [ { plugin: p@1.0.0-" + labels + " } ]"))
                .isEmpty();
        assertThat(Documents.problems(
                        LISTENERS + "routes: [ { name: r, service: s, match: { pathRegex: '" + groups + "' } } ]"))
                .anyMatch(problem -> problem.startsWith("/routes/0/match/pathRegex: "));
        assertThat(Documents.problems(
                        LISTENERS + "routes: [ { name: r, service: s, match: { path: '" + braces + "' } } ]"))
                .anyMatch(problem -> problem.startsWith("/routes/0/match/path: "));
    }

    @Test
    void looksForNothingLikeANameThatIsNone() {
        assertThat(Documents.problems(LISTENERS + "services: [ { name: " + "a".repeat(30_000) + " } ]\n"
                        + "routes: [ { name: r, service: " + "b".repeat(30_000) + " } ]"))
                .anyMatch(problem -> problem.startsWith("/routes/0/service: "));
    }

    private static final String MINIMUM = """
            listeners: [ { name: web, port: 8080 } ]
            services: [ { name: s, endpoints: [ { url: "http://localhost:1" } ] } ]
            """;

    @Test
    void findsNamesThatAreTakenTwice() {
        assertThat(Documents.problems("""
                listeners: [ { name: web, port: 1 }, { name: web, port: 2 } ]
                services:
                  - { name: s, endpoints: [ { url: "http://a:1" } ] }
                  - { name: s, endpoints: [ { url: "http://a:1" } ] }
                consumers: [ { name: a }, { name: b }, { name: a } ]
                hosts: [ { name: a.com, filters: [] }, { name: A.com, filters: [] } ]
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/1/name: \"web\", as at /listeners/0/name (expected: a name of its own)",
                        "/services/1/name: \"s\", as at /services/0/name (expected: a name of its own)",
                        "/consumers/2/name: \"a\", as at /consumers/0/name (expected: a name of its own)",
                        "/hosts/1/name: \"A.com\", as at /hosts/0/name (expected: a name of its own)");
    }

    @Test
    void findsAddressesThatAreTakenTwice() {
        assertThat(Documents.problems("""
                admin: { port: 9000 }
                listeners:
                  - { name: a, port: 80 }
                  - { name: b, port: 80, host: 127.0.0.1 }
                  - { name: c, port: 81, host: 127.0.0.1 }
                  - { name: d, port: 81, host: 127.0.0.2 }
                  - { name: e, port: 0 }
                  - { name: f, port: 0 }
                  - { name: g, port: 9000 }
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/1/port: 80 on 127.0.0.1, as /listeners/0 (expected: an address of its own)",
                        "/listeners/6/port: 9000 on 0.0.0.0, as the admin endpoint (expected: an address of its own)");
        assertThat(Documents.problems("listeners: [ { name: a, port: 9180 } ]"))
                .containsExactly(
                        "/listeners/0/port: 9180 on 0.0.0.0, as the admin endpoint (expected: an address of its own)");
    }

    @Test
    void wantsProtocolsThatTheListenerCanSpeak() {
        assertThat(Documents.problems("""
                listeners:
                  - { name: a, port: 1, protocols: [h1, h2, h3, h1] }
                  - { name: b, port: 2, protocols: [h2c], tls: { certificates: [ { cert: c, key: k } ] } }
                  - { name: c, port: 3, protocols: [h3], tls: { certificates: [ { cert: c, key: k } ] } }
                  - name: d
                    port: 4
                    protocols: [h2, h3]
                    tls: { certificates: [ { cert: c, key: k } ] }
                    proxyProtocol: { from: [10.0.0.0/8, "fd00::/8", 10.0.0.1, proxy.example.com, 10.0.0.0/33, 10.0.0.0/x] }
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/0/protocols/1: \"h2\" on a listener without tls (expected: tls beside it, or h2c)",
                        "/listeners/0/protocols/2: \"h3\" on a listener without tls (expected: tls beside it, or h2c)",
                        "/listeners/0/protocols/3: \"h1\", which stands there twice (expected: each protocol once)",
                        "/listeners/1/protocols/0: \"h2c\" on a listener with tls"
                                + " (expected: h2, or a listener without tls)",
                        "/listeners/2/protocols: a list with h3 alone"
                                + " (expected: h1 or h2 beside it, for clients that begin there)",
                        "/listeners/3/proxyProtocol: a map beside h3, which has no such thing"
                                + " (expected: one of the two)",
                        "/listeners/3/proxyProtocol/from/3: \"proxy.example.com\" (expected: " + Network.EXPECTED + ")",
                        "/listeners/3/proxyProtocol/from/4: \"10.0.0.0/33\" (expected: " + Network.EXPECTED + ")",
                        "/listeners/3/proxyProtocol/from/5: \"10.0.0.0/x\" (expected: " + Network.EXPECTED + ")");
    }

    @Test
    void wantsProxiesThatCanBeTrusted() {
        assertThat(Documents.problems("""
                listeners:
                  - { name: a, port: 1, forwarded: { trust: [10.0.0.0/8, "2001:db8::/32", lb.example.com, 10.0.0.0/33] } }
                  - { name: b, port: 2, forwarded: { read: forwarded } }
                  - { name: c, port: 3, forwarded: { trust: [10.0.0.1], read: both, write: none, from: [] } }
                  - { name: d, port: 4, forwarded: { write: both } }
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/0/forwarded/trust/2: \"lb.example.com\" (expected: " + Network.EXPECTED + ")",
                        "/listeners/0/forwarded/trust/3: \"10.0.0.0/33\" (expected: " + Network.EXPECTED + ")",
                        "/listeners/1/forwarded/read: \"forwarded\", though nobody is trusted"
                                + " (expected: trust beside it: the proxies that are believed)",
                        "/listeners/2/forwarded/from: unknown key 'from' (expected: one of: trust, read, write, realIp)",
                        "/listeners/2/forwarded/read: \"both\" (expected: one of: x-forwarded, forwarded)",
                        "/listeners/2/forwarded/write: \"none\" (expected: one of: x-forwarded, forwarded, both)");
    }

    @Test
    void wantsTlsThatCanBeSpoken() {
        assertThat(Documents.problems("""
                listeners:
                  - { name: a, port: 1, tls: {} }
                  - { name: b, port: 2, tls: { certificates: [ { cert: c, key: k } ], clientAuth: required, minVersion: "1.1" } }
                  - { name: c, port: 3, tls: { plugins: [ { plugin: keys } ], trust: t, forwardClientCert: true } }
                """))
                .containsExactlyInAnyOrder(
                        "/listeners/0/tls: {} without a certificate (expected: certificates, or plugins that give them)",
                        "/listeners/1/tls/minVersion: \"1.1\" (expected: 1.2 or 1.3)",
                        "/listeners/1/tls/clientAuth: \"required\" without trust"
                                + " (expected: trust beside it: whose certificates are taken)",
                        "/listeners/2/tls/trust: \"t\", though no client is asked"
                                + " (expected: clientAuth: optional or required beside it)",
                        "/listeners/2/tls/forwardClientCert: true, though no client is asked"
                                + " (expected: clientAuth: optional or required beside it)");
    }

    @Test
    void wantsMatchesThatCanMatch() {
        assertThat(Documents.problems(MINIMUM + """
                routes:
                  - name: r
                    service: s
                    match:
                      hosts: [www.example.com:80, "*"]
                      path: /a*
                      pathRegex: "(a"
                      methods: [GET, "P UT", post]
                      headers: { "x y": a, x-b: "~(" }
                      query: { q: "~[" , r: "(" }
                """))
                .containsExactlyInAnyOrder(
                        "/routes/0/match/hosts/0: \"www.example.com:80\""
                                + " (expected: a host name such as www.example.com, or *.example.com, without a port, or *)",
                        "/routes/0/match/path: \"/a*\" (expected: no * inside a segment: {name} stands for one segment,"
                                + " a final /** for any number)",
                        "/routes/0/match/pathRegex: \"(a\""
                                + " (expected: a Java regular expression; this one has: Unclosed group)",
                        "/routes/0/match/pathRegex: \"(a\" beside path (expected: path or pathRegex)",
                        "/routes/0/match/methods/1: \"P UT\" (expected: letters, digits and any of !#$%&'*+.^_`|~-)",
                        "/routes/0/match/methods/2: \"post\" (expected: POST)",
                        "/routes/0/match/headers/x y: \"a\", whose name is no token"
                                + " (expected: letters, digits and any of !#$%&'*+.^_`|~-)",
                        "/routes/0/match/headers/x-b: \"~(\""
                                + " (expected: a Java regular expression; this one has: Unclosed group)",
                        "/routes/0/match/query/q: \"~[\""
                                + " (expected: a Java regular expression; this one has: Unclosed character class)");
    }

    @Test
    void findsARouteThatAnotherOneHides() {
        assertThat(Documents.problems(MINIMUM + """
                routes:
                  - { name: a, service: s, match: { hosts: [a.com, b.com], methods: [GET], headers: { X-A: "1" } } }
                  - { name: b, service: s, match: { hosts: [B.com, a.com], methods: [GET], headers: { x-a: "1" } } }
                  - { name: c, service: s, match: { hosts: [a.com, b.com], methods: [PUT], headers: { x-a: "1" } } }
                  - { name: d, service: s }
                  - { name: e, service: s, match: { path: /**, hosts: [a.com, "*"] } }
                  - { name: f, service: s, match: { path: "/{a}/b" } }
                  - { name: g, service: s, match: { path: "/{b}/b" } }
                  - { name: h, service: s, match: { pathRegex: "/[{]b}/b" } }
                """))
                .containsExactly(
                        "/routes/1/match: a map that is the same as that of /routes/0 (expected: a match of its own)",
                        "/routes/4/match: a map that is the same as that of /routes/3 (expected: a match of its own)",
                        "/routes/6/match: a map that is the same as that of /routes/5 (expected: a match of its own)");
    }

    @Test
    void wantsRulesThatNameWhatThereIs() {
        assertThat(Documents.problems(MINIMUM + """
                routes: [ { name: orders-1, service: s } ]
                filters:
                  - plugin: p
                    rules:
                      - { match: {} }
                      - { match: { hosts: ["*", "*.a.com", a..b] } }
                      - { match: { routes: [orders-1, orders-*, "*", order, x*] } }
                      - { match: { services: [s, t, s*] } }
                """))
                .containsExactlyInAnyOrder(
                        "/filters/0/rules/0/match: {}, which names nothing"
                                + " (expected: hosts, routes or services with at least one element)",
                        "/filters/0/rules/1/match/hosts/2: \"a..b\""
                                + " (expected: a host name such as www.example.com, or *.example.com, without a port, or *)",
                        "/filters/0/rules/2/match/routes/3: \"order\" (expected: one of: orders-1)",
                        "/filters/0/rules/2/match/routes/4: \"x*\" (expected: the beginning of the name of a route)",
                        "/filters/0/rules/3/match/services/1: \"t\" (expected: one of: s)",
                        "/filters/0/rules/3/match/services/2: \"s*\" (expected: one of: s)");
    }

    @Test
    void wantsOneEntryOfANameInAList() {
        assertThat(Documents.problems(MINIMUM + """
                filters:
                  - { plugin: a }
                  - { plugin: a@1.0.0 }
                  - { plugin: a, name: other }
                  - { plugin: b, name: a }
                """))
                .containsExactly(
                        "/filters/1/plugin: \"a@1.0.0\", as at /filters/0 (expected: a name of its own in this list)",
                        "/filters/3/name: \"a\", as at /filters/0 (expected: a name of its own in this list)");
    }

    @Test
    void wantsVersionsThatAreVersions() {
        assertThat(Documents.problems(MINIMUM + """
                filters:
                  - { plugin: a@1.0 }
                  - { plugin: b@1.0.0-rc.1+5 }
                  - { plugin: c@01.0.0 }
                """))
                .containsExactly(
                        "/filters/0/plugin: \"a@1.0\" (expected: id@version, with a version such as 1.2.0)",
                        "/filters/2/plugin: \"c@01.0.0\" (expected: id@version, with a version such as 1.2.0)");
    }

    @Test
    void letsAnEntryTakeOutOneOfAWiderScopeOnly() {
        assertThat(Documents.problems("""
                listeners: [ { name: web, port: 8080 } ]
                filters: [ { plugin: of-gateway }, { plugin: off, enabled: false } ]
                hosts: [ { name: a.com, filters: [ { plugin: of-host }, { plugin: of-gateway, enabled: false } ] } ]
                services:
                  - name: s
                    endpoints: [ { url: "http://localhost:1" } ]
                    filters: [ { plugin: of-service }, { plugin: of-host, enabled: false } ]
                  - { name: t, endpoints: [ { url: "http://localhost:1" } ] }
                routes:
                  - name: a
                    service: s
                    filters:
                      - { plugin: of-service, enabled: false }
                      - { plugin: of-host, enabled: false }
                      - { plugin: of-gateway, enabled: false }
                      - { plugin: of-gatewya, enabled: false }
                      - { plugin: paused, enabled: false, config: {} }
                  - { name: b, service: t, match: { path: / }, filters: [ { plugin: of-service, enabled: false } ] }
                """))
                .containsExactly(
                        "/routes/0/filters/3/enabled: false takes out 'of-gatewya', which no wider scope has, did you mean"
                                + " 'of-gateway'? (expected: the name of an entry of a wider scope)",
                        "/routes/1/filters/0/enabled: false takes out 'of-service', which no wider scope has"
                                + " (expected: the name of an entry of a wider scope)");
    }

    @Test
    void takesPathsThatCanMatch() {
        var right = List.of(
                "/", "/a/b", "/a/", "/**", "/a/**", "/a/{id}", "/{a}/x/{b-c}", "/%C3%A4", "/a:b;c=d", "/a/{id}/**");

        assertThat(right).allSatisfy(path -> assertThat(PathSyntax.check(path)).isEmpty());
    }

    @Test
    void takesNoPathThatCannot() {
        var wrong = List.of(
                "",
                "a",
                "/a?b",
                "/a#b",
                "/**/a",
                "/a**",
                "/*",
                "/a/{id",
                "/a/x{id}",
                "/{a}/{a}",
                "/{}",
                "/%C",
                "/%zz",
                "/ä",
                "/a b",
                "/a/../b",
                "/./a",
                "/{a b}");

        assertThat(wrong).allSatisfy(path -> assertThat(PathSyntax.check(path)).isPresent());
    }

    @Test
    void knowsHostNames() {
        var right = List.of("localhost", "a.b", "*.a.b", "10.0.0.1", "[::1]", "my_service", "xn--bcher-kva.example");
        var wrong =
                List.of("", "a.", ".a", "a..b", "*", "*a.b", "a.*", "-a", "a-", "a:80", "bücher", "a b", "[::1", "*.");

        assertThat(right).allSatisfy(host -> assertThat(Syntax.host(host)).isEmpty());
        assertThat(wrong).allSatisfy(host -> assertThat(Syntax.host(host)).isPresent());
        assertThat(Syntax.hostOrAny("*")).isEmpty();
    }
}
