package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests change on their way to a service, and where clients are sent elsewhere. */
class RewriteTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "/api/**, 'prefix: /', /api/orders/7?a=b&c=%2F, /orders/7?a=b&c=%2F",
        "/api/**, 'prefix: /', /api, /",
        "/api/**, 'prefix: /', /api/, /",
        "/api/**, 'prefix: /', /%61pi/x%20y, /x%20y",
        "/api/**, 'prefix: /v2/', /api/orders, /v2/orders",
        "/api/{tenant}/**, 'prefix: \"/{tenant}/v2\"', /api/acme/orders/, /acme/v2/orders/",
        "/**, 'prefix: /v2', /orders?x, /v2/orders?x",
        "/api/{id}, 'path: \"/orders/{id}/items\"', /api/7;v=1?x=y, /orders/7;v=1/items?x=y",
        "/{a}/{b}/**, 'path: \"/{b}/{a}/**\"', /one/two/three/four, /two/one/three/four",
        "/old, 'path: /new', /old?x, /new?x",
        "/api/**, 'path: /all', /api/x/y, /all",
        "/keep/**, 'host: a.example', /keep/x, /keep/x"
    })
    void sendsAnotherPath(String match, String rewrite, String asked, String sent) throws Exception {
        try (GatewayFixture gateway = start("match: { path: \"" + match + "\" }, rewrite: { " + rewrite + " }")) {
            assertThat(gateway.get(asked).statusCode()).isEqualTo(200);

            assertThat(gateway.upstream().seen().peek().target()).isEqualTo(sent);
        }
    }

    @Test
    void sendsAnotherHostAndTellsTheOneThatWasAskedFor() throws Exception {
        try (GatewayFixture gateway = start("rewrite: { host: \"orders.internal:8080\" }")) {
            gateway.get("/");

            var headers = gateway.upstream().seen().peek().headers();
            assertThat(headers).containsEntry("host", "orders.internal:8080");
            assertThat(headers).containsEntry("x-forwarded-host", "127.0.0.1:" + gateway.port());
        }
    }

    @Test
    void leavesAFilterTheLastWord() throws Exception {
        String filter = "@Override public Action onRequestHeaders(Request request) {"
                + " if (request.path().endsWith(\"/x\")) request.setTarget(\"/api/other\"); return Action.proceed(); }";
        try (GatewayFixture gateway = GatewayFixture.start(
                directory,
                route("match: { path: \"/api/**\" }, rewrite: { prefix: / }, filters: [{ plugin: probe }]"),
                FilterSource.filter("probe", "1.0.0", filter).in(directory))) {
            gateway.get("/api/x");
            gateway.get("/api/y");

            assertThat(gateway.upstream().seen())
                    .extracting(EchoUpstream.Seen::target)
                    .containsExactly("/api/other", "/y");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/../admin",
                "/api/%2e%2e/admin",
                "/api/..;/admin",
                "/api/..%2fadmin",
                "/api/%00",
                "/api/x%0d%0ay",
                "/api//admin",
                "/api/a\\b"
            })
    void letsNothingThroughThatIsNotLetIn(String asked) throws Exception {
        try (GatewayFixture gateway = start("match: { path: \"/api/**\" }, rewrite: { prefix: / }")) {
            assertThat(status(gateway, asked)).isEqualTo(400);
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }

    @Test
    void sendsResolvedDotsAsTheRouteSawThem() throws Exception {
        String listener = "listeners: [{ name: web, host: 127.0.0.1, port: 0, paths: { dotSegments: resolve } }]\n";
        try (GatewayFixture gateway = GatewayFixture.start(
                directory, listener, route("match: { path: \"/api/{id}/x\" }, rewrite: { path: \"/{id}\" }"))) {
            assertThat(status(gateway, "/api/a/../b/x")).isEqualTo(200);
            assertThat(status(gateway, "/api/../x")).isEqualTo(404);

            assertThat(gateway.upstream().seen())
                    .extracting(EchoUpstream.Seen::target)
                    .containsExactly("/b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'scheme: https', /a/b?c=d, 302, https://gateway.example/a/b?c=d",
        "'status: 301, host: \"www.example.com:8443\"', /a, 301, http://www.example.com:8443/a",
        "'status: 308, path: \"/new/**\"', /a/b?c, 308, http://gateway.example:99/new/a/b?c",
        "'status: 307, location: \"/elsewhere?x=y\"', /a, 307, /elsewhere?x=y",
        "'status: 303, location: \"https://example.com/\"', /a?b, 303, https://example.com/"
    })
    void sendsClientsElsewhere(String redirect, String asked, int status, String location) throws Exception {
        try (GatewayFixture gateway =
                        GatewayFixture.start(directory, "routes: [{ name: all, redirect: { " + redirect + " } }]\n");
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET " + asked + " HTTP/1.1\r\nhost: gateway.example:99\r\n\r\n");

            RawExchange.Answer answer = client.answer(false);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.head()).contains("\r\nlocation: " + location + "\r\n");
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }

    private static int status(GatewayFixture gateway, String target) throws IOException {
        try (RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET " + target + " HTTP/1.1\r\nhost: a\r\n\r\n");
            return client.answer(false).status();
        }
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(directory, route(keys));
    }

    private static String route(String keys) {
        return "routes: [{ name: all, service: echo, " + keys + " }]\n";
    }
}
