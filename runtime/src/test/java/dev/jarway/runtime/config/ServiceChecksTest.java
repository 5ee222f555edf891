package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about services that do not fit together. */
class ServiceChecksTest {
    private static final String ENDPOINT = "endpoints: [ { url: \"http://a:1\" } ], ";

    @Test
    void wantsEndpointsThatCanBeToldApart() {
        assertThat(problems("endpoints: [ { url: \"http://a:1\" }, { url: \"http://b\" }, { url: \"http://A:1/\" } ]"))
                .containsExactly("/services/0/endpoints/2/url: \"http://A:1/\", as at /services/0/endpoints/0/url"
                        + " (expected: a url of its own in this service)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://a:70000", "http://a:0", "http://my_service:80", "http://[::1", "http://a:b", "http://a|b"
            })
    void wantsEndpointsThatCanBeReached(String url) {
        assertThat(problems("endpoints: [ { url: \"" + url + "\" } ]"))
                .containsExactly(
                        "/services/0/endpoints/0/url: \"" + url + "\" (expected: http:// or https://, a host name"
                                + " without underscores or an address, and a port from 1 to 65535, as in http://10.0.0.7:8080)");
    }

    @Test
    void wantsEndpointsOrADiscovery() {
        String expected = " (expected: at least 1 endpoint, or discovery)";
        assertThat(problems("timeouts: {}")).containsExactly("/services/0/endpoints: nothing" + expected);
        assertThat(problems("endpoints: []")).containsExactly("/services/0/endpoints: []" + expected);
        assertThat(problems("discovery: { plugin: finder }")).isEmpty();
        assertThat(problems("discovery: { plugin: finder@one }"))
                .containsExactly("/services/0/discovery/plugin: \"finder@one\""
                        + " (expected: id@version, with a version such as 1.2.0)");
    }

    @Test
    void wantsAHashForAConsistentHashAndForNothingElse() {
        assertThat(problems(ENDPOINT + "loadBalancer: consistent-hash"))
                .containsExactly("/services/0/loadBalancer: \"consistent-hash\", without hash"
                        + " (expected: hash beside it, such as { cookie: session })");
        assertThat(problems(ENDPOINT + "hash: { cookie: session }"))
                .containsExactly("/services/0/hash: a map, without loadBalancer: consistent-hash"
                        + " (expected: loadBalancer: consistent-hash beside it)");
        assertThat(problems(ENDPOINT + "loadBalancer: consistent-hash, hash: { cookie: a, header: b c }"))
                .containsExactly(
                        "/services/0/hash: a map, with 2 keys"
                                + " (expected: exactly one of header, cookie, consumer, clientAddress)",
                        "/services/0/hash/header: \"b c\" (expected: letters, digits and any of !#$%&'*+.^_`|~-)");
    }

    @Test
    void wantsTlsThatFitsTogetherAndIsUsed() {
        String secure = "endpoints: [ { url: \"https://a:1\" } ], ";
        assertThat(problems(secure + "tls: { certificate: c.pem }"))
                .containsExactly("/services/0/tls: a map, with only one of certificate and key"
                        + " (expected: both, or neither)");
        assertThat(problems(secure + "tls: { ca: ca.pem, verify: false }"))
                .containsExactly("/services/0/tls/verify: false, beside ca (expected: ca, or verify: false)");
        assertThat(problems(secure + "tls: { serverName: \"*.example.com\" }"))
                .containsExactly("/services/0/tls/serverName: \"*.example.com\""
                        + " (expected: a host name such as www.example.com)");
        assertThat(problems(ENDPOINT + "tls: { ca: ca.pem }"))
                .containsExactly("/services/0/tls: a map, and no endpoint is https://"
                        + " (expected: an endpoint that is https://, or no tls)");
        assertThat(problems("discovery: { plugin: finder }, tls: { ca: ca.pem }"))
                .isEmpty();
    }

    @Test
    void wantsEjectionsThatMayGrow() {
        assertThat(problems(ENDPOINT + "health: { passive: { ejectFor: 1m, longest: 30s } }"))
                .containsExactly("/services/0/health/passive/longest: \"30s\", so that longest is less than ejectFor"
                        + " (expected: longest >= ejectFor)");
        assertThat(problems(ENDPOINT + "health: { passive: { ejectFor: 10m } }"))
                .containsExactly("/services/0/health/passive/ejectFor: \"10m\", so that longest is less than ejectFor"
                        + " (expected: longest >= ejectFor)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loadBalancer: roundrobin | one of: round-robin, random, least-request, consistent-hash, peak-ewma",
                "health: { panicBelow: 120% } | percent, from 0% to 100%",
                "health: { active: { path: healthz } } | a path that begins with /",
                "health: { active: { status: [ok] } } | a status such as 503, or a class such as 5xx",
                "health: { active: { interval: 0s } } | a duration such as 500ms, 5s, 1m, 2h or 1d, longer than 0",
                "health: { passive: { failures: 0 } } | at least 1",
                "health: { pasive: {} } | one of: active, passive, panicBelow",
                "limits: { connections: 0 } | at least 1",
                "retries: { on: [sometimes] } | connect-failure, refused-stream, reset, a status such as 503, or 5xx",
                "retries: { on: [\"404\"] } | connect-failure, refused-stream, reset, a status such as 503, or 5xx",
                "protocol: h3 | one of: h1, h2, auto",
                "retries: { attempts: 11 } | at most 10",
                "retries: { budget: { share: 1.5 } } | text",
                "retries: { perTryTimeout: 15s } | less than the service's timeouts.response",
                "slowStart: soon | a duration such as 500ms, 5s, 1m, 2h or 1d, longer than 0",
            })
    void saysWhatWouldBeRight(String keys, String expected) {
        assertThat(problems(ENDPOINT + keys)).singleElement().asString().endsWith("(expected: " + expected + ")");
    }

    private static List<String> problems(String keys) {
        return Documents.problems("listeners: [ { name: web, port: 0 } ]\nservices: [ { name: s, " + keys + " } ]\n");
    }
}
