package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about routes that lead nowhere, or to more than one place, or change requests into what cannot be sent. */
class RouteAimChecksTest {

    @Test
    void wantsOneAim() {
        assertThat(problems("match: {}"))
                .containsExactly("/routes/0/service: nothing (expected: one of service, services and redirect)");
        assertThat(problems("service: s, redirect: { scheme: https }"))
                .containsExactly("/routes/0: a map, with 2 of service, services and redirect (expected: one of them)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services: [ { name: s }, { name: s } ] | each service once",
                "services: [ { name: s, weight: 0 } ] | at least one service with a weight over 0",
                "services: [ { name: t } ] | one of: s",
                "services: [ { name: s } ], sticky: { consumer: true } | header, cookie or clientAddress",
                "service: s, sticky: { header: x } | services beside it",
                "service: s, mirror: { service: t } | one of: s",
                "service: s, mirror: { service: s, share: 200% } | percent, from 0% to 100%",
                "redirect: { scheme: https }, rewrite: { host: a } | service or services beside it",
                "redirect: { scheme: ftp } | http or https",
                "redirect: { status: 304, scheme: https } | 301, 302, 303, 307 or 308",
                "redirect: { location: /a, path: /b } | location, or any of scheme, host and path",
                "redirect: {} | location, or any of scheme, host and path",
                "redirect: { location: 'a b' } | a URL or a path, of visible ASCII",
                "redirect: { path: '/{id}' } | names of match.path alone; {id} is none",
            })
    void saysWhatWouldBeRight(String keys, String expected) {
        assertThat(problems(keys)).singleElement().asString().endsWith("(expected: " + expected + ")");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "path: orders | a path that begins with /",
                "path: '/a?b' | a path alone; parameters go under query",
                "path: '/a/../b' | no segment . or ..: requests are matched without them",
                "path: '/a/%2E%2e' | no segment . or .., encoded or not",
                "path: '/a/..;x/b' | no segment . or .., encoded or not",
                "path: '/a/%0d%0ab' | no backslash and no control character",
                "path: '/a\\b' | no backslash and no control character",
                "path: //a | no two slashes in a row",
                "path: '/a/{no}' | names of match.path alone; {no} is none",
                "path: '/a/.{id}' | {name} as a whole segment, the name of letters, digits, _ and -",
                "path: /x, prefix: / | path or prefix",
                "prefix: '/x/**' | a path without /**",
                "host: 'a b' | a host name such as www.example.com, or one with a port, as in www.example.com:8080",
                "host: 'a:70000' | a host name such as www.example.com, or one with a port, as in www.example.com:8080",
                "host: 'user@a' | a host name such as www.example.com, or one with a port, as in www.example.com:8080",
            })
    void takesNoRewriteThatIsNotClear(String rewrite, String expected) {
        assertThat(problems("service: s, match: { path: \"/api/{id}/**\" }, rewrite: { " + rewrite + " }"))
                .singleElement()
                .asString()
                .endsWith("(expected: " + expected + ")");
    }

    @Test
    void wantsARestWhereThereIsARest() {
        String exact = "service: s, match: { path: /a }, rewrite: ";
        assertThat(problems(exact + "{ prefix: / }"))
                .singleElement()
                .asString()
                .endsWith("(expected: match.path: /something/**)");
        assertThat(problems(exact + "{ path: \"/b/**\" }"))
                .singleElement()
                .asString()
                .endsWith("(expected: /** only where match.path ends with it)");
        assertThat(problems("service: s, match: { pathRegex: \"/a+\" }, rewrite: { prefix: / }"))
                .singleElement()
                .asString()
                .endsWith("(expected: match.path: /something/**)");
    }

    @Test
    void takesWhatIsClear() {
        assertThat(
                        problems(
                                "service: s, match: { path: \"/a/{x}/**\" }, rewrite: { path: \"/{x}/%20/**\", host: \"[::1]:80\" }"))
                .isEmpty();
        assertThat(problems("services: [ { name: s } ], sticky: { clientAddress: true }, mirror: { service: s }"))
                .isEmpty();
    }

    private static List<String> problems(String keys) {
        return Documents.problems("""
                listeners: [ { name: web, port: 0 } ]
                services: [ { name: s, endpoints: [ { url: "http://a:1" } ] } ]
                routes: [ { name: r, %s } ]
                """.formatted(keys));
    }
}
