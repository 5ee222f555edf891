package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.host.LogCapture;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a service and a filter take for the client, where there are proxies in front of the gateway. */
class ForwardedTest {
    private static final String HERE = "trust: [127.0.0.0/8, 10.0.0.0/8, \"2001:db8::/32\"]";

    @TempDir
    Path directory;

    private static String listener(String forwarded, String more) {
        return "listeners: [{ name: web, host: 127.0.0.1, port: 0, forwarded: { " + forwarded + " }" + more + " }]\n";
    }

    private GatewayFixture start(String forwarded, Path... plugins) throws StartException {
        return GatewayFixture.start(directory, listener(forwarded, ""), filters(""), plugins);
    }

    /** What reaches the service of a request with these fields. */
    private static Map<String, String> sent(GatewayFixture gateway, String... fields) throws IOException {
        try (RawExchange connection = new RawExchange(gateway.port())) {
            String lines = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
            connection.send("GET /a HTTP/1.1\r\nHost: web.example.com\r\n" + lines + "\r\n");
            assertThat(connection.answer(false).status()).isEqualTo(200);
        }
        return gateway.upstream().seen().remove().headers();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.7                                    | 192.0.2.7, 127.0.0.1",
                "1.2.3.4, 192.0.2.7                           | 192.0.2.7, 127.0.0.1",
                "1.2.3.4, 192.0.2.7, 10.0.0.1                 | 192.0.2.7, 10.0.0.1, 127.0.0.1",
                "10.9.9.9, 192.0.2.7:4711                     | 192.0.2.7, 127.0.0.1",
                "10.0.0.9, 10.0.0.1                           | 10.0.0.9, 10.0.0.1, 127.0.0.1",
                "192.0.2.7, unknown, 10.0.0.1                 | 10.0.0.1, 127.0.0.1",
                "nonsense                                     | 127.0.0.1",
                "192.0.2.7,                                   | 192.0.2.7, 127.0.0.1",
                "2002::7, [2001:db8::1]:80, ::ffff:10.0.0.1   | 2002:0:0:0:0:0:0:7, 2001:db8:0:0:0:0:0:1, 10.0.0.1, 127.0.0.1"
            })
    void findsTheClientBehindThoseThatAreTrusted(String told, String found) throws Exception {
        try (GatewayFixture gateway = start(HERE)) {
            assertThat(sent(gateway, "X-Forwarded-For: " + told)).containsEntry("x-forwarded-for", found);
        }
    }

    @Test
    void readsSeveralLinesAsOne() throws Exception {
        try (GatewayFixture gateway = start(HERE)) {
            assertThat(sent(gateway, "X-Forwarded-For: 192.0.2.7, 192.0.2.8", "x-forwarded-for: 10.0.0.1"))
                    .containsEntry("x-forwarded-for", "192.0.2.8, 10.0.0.1, 127.0.0.1");
        }
    }

    @Test
    void keepsWhatATrustedProxySaysOfHowItWasAsked() throws Exception {
        try (GatewayFixture gateway = start(HERE)) {
            assertThat(sent(
                            gateway,
                            "X-Forwarded-For: 192.0.2.7",
                            "X-Forwarded-Proto: HTTPS",
                            "X-Forwarded-Host: Shop.example.com:8443",
                            "X-Forwarded-Port: 8443",
                            "X-Forwarded-Prefix: /shop",
                            "X-Forwarded-Client-Cert: Hash=a",
                            "X-Forwarded-Ssl: off",
                            "X-Real-IP: 1.2.3.4"))
                    .containsEntry("x-forwarded-proto", "https")
                    .containsEntry("x-forwarded-host", "shop.example.com:8443")
                    .containsEntry("x-forwarded-port", "8443")
                    .containsEntry("x-forwarded-prefix", "/shop")
                    .containsEntry("x-forwarded-client-cert", "Hash=a")
                    .doesNotContainKeys("x-forwarded-ssl", "x-real-ip");
            assertThat(sent(gateway, "X-Forwarded-Proto: https"))
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("x-forwarded-proto", "https")
                    .containsEntry("x-forwarded-host", "web.example.com");
        }
    }

    @Test
    void takesOfSeveralValuesTheOneOfTheHopThatTheClientCameTo() throws Exception {
        try (GatewayFixture gateway = start(HERE)) {
            assertThat(sent(
                            gateway,
                            "X-Forwarded-For: 1.2.3.4, 192.0.2.7, 10.0.0.1",
                            "X-Forwarded-Proto: http, https, http",
                            "X-Forwarded-Host: evil, shop, inner"))
                    .containsEntry("x-forwarded-proto", "https")
                    .containsEntry("x-forwarded-host", "shop");
        }
    }

    @ParameterizedTest
    @CsvSource({"wss, u@h, 0", "javascript, 'a b', 65536", "ftp, h:99999, x", "'', a/b, ''"})
    void keepsNothingThatIsNone(String proto, String host, String port) throws Exception {
        try (GatewayFixture gateway = start(HERE)) {
            Map<String, String> sent = sent(
                    gateway, "X-Forwarded-Proto: " + proto, "X-Forwarded-Host: " + host, "X-Forwarded-Port: " + port);

            assertThat(sent)
                    .containsEntry("x-forwarded-proto", "http")
                    .containsEntry("x-forwarded-host", "web.example.com")
                    .doesNotContainKey("x-forwarded-port");
        }
    }

    @Test
    void believesNobodyElse() throws Exception {
        try (GatewayFixture gateway = start("trust: [10.0.0.0/8]")) {
            assertThat(sent(
                            gateway,
                            "X-Forwarded-For: 192.0.2.7",
                            "X-Forwarded-Proto: https",
                            "X-Forwarded-Host: evil",
                            "X-Forwarded-Port: 1",
                            "X-Forwarded-User: root",
                            "Forwarded: for=192.0.2.7",
                            "X-Real-IP: 192.0.2.7"))
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("x-forwarded-proto", "http")
                    .containsEntry("x-forwarded-host", "web.example.com")
                    .doesNotContainKeys("x-forwarded-port", "x-forwarded-user", "forwarded", "x-real-ip");
        }
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 192.0.2.7", "10.0.0.0/8, 127.0.0.1"})
    void tellsTheClientsAddressAloneWhereThatIsConfigured(String trusted, String client) throws Exception {
        try (GatewayFixture gateway = start("trust: [" + trusted + "], write: forwarded, realIp: true")) {
            assertThat(sent(gateway, "X-Forwarded-For: 1.2.3.4, 192.0.2.7", "X-Real-IP: 1.2.3.4"))
                    .containsEntry("x-real-ip", client)
                    .doesNotContainKey("x-forwarded-for");
        }
    }

    @Test
    void believesOneKindOfFieldsAlone() throws Exception {
        try (GatewayFixture gateway = start(HERE)) {
            assertThat(sent(gateway, "Forwarded: for=192.0.2.7;proto=https"))
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("x-forwarded-proto", "http")
                    .doesNotContainKey("forwarded");
        }
    }

    @Test
    void believesTheOtherKindWhereThatIsConfigured() throws Exception {
        try (GatewayFixture gateway = start(HERE + ", read: forwarded, write: both")) {
            assertThat(sent(
                            gateway,
                            "Forwarded: for=1.2.3.4, for=\"[2002::7]:4711\";proto=https;host=\"shop:8443\"",
                            "Forwarded: for=10.0.0.1;proto=http;host=inner",
                            "X-Forwarded-For: 192.0.2.9",
                            "X-Forwarded-Proto: http",
                            "X-Forwarded-User: root"))
                    .containsEntry("x-forwarded-for", "2002:0:0:0:0:0:0:7, 10.0.0.1, 127.0.0.1")
                    .containsEntry("x-forwarded-proto", "https")
                    .containsEntry("x-forwarded-host", "shop:8443")
                    .containsEntry(
                            "forwarded",
                            "for=\"[2002:0:0:0:0:0:0:7]\";host=\"shop:8443\";proto=https, for=10.0.0.1, for=127.0.0.1")
                    .doesNotContainKey("x-forwarded-user");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=192.0.2.7, for=unknown;proto=https   | for=127.0.0.1;host=web.example.com;proto=https",
                "for=192.0.2.7, for=_hidden, for=10.0.0.1 | for=10.0.0.1;host=web.example.com;proto=http, for=127.0.0.1",
                "for=192.0.2.7, nonsense, for=10.0.0.1    | for=10.0.0.1;host=web.example.com;proto=http, for=127.0.0.1",
                "for=\"1.2.3.4, for=192.0.2.7             | for=192.0.2.7;host=web.example.com;proto=http, for=127.0.0.1"
            })
    void goesBackAsFarAsItCanRead(String told, String written) throws Exception {
        try (GatewayFixture gateway = start(HERE + ", read: forwarded, write: forwarded")) {
            assertThat(sent(gateway, "Forwarded: " + told))
                    .containsEntry("forwarded", written)
                    .doesNotContainKeys("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto");
        }
    }

    @Test
    void showsTheClientToFiltersAndToTheLog() throws Exception {
        Path telling = filter("telling", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) {
                    return Action.respond(LocalResponse.of(200, exchange.remoteAddress().getHostString() + " "
                            + exchange.remoteAddress().getPort() + " " + request.scheme() + " "
                            + request.headers().contains("x-forwarded-for")));
                }
                """).in(directory);
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway =
                        GatewayFixture.start(directory, listener(HERE, ""), filters("{ plugin: telling }"), telling)) {
            HttpResponse<String> answer = gateway.send(HttpRequest.newBuilder(gateway.uri("/"))
                    .header("X-Forwarded-For", "192.0.2.7:4711")
                    .header("X-Forwarded-Proto", "https")
                    .build());

            assertThat(answer.body()).isEqualTo("192.0.2.7 4711 https false");
            await().atMost(PATIENCE).until(() -> !log.messages().isEmpty());
            assertThat(log.messages().getFirst()).startsWith("192.0.2.7 [");
        }
    }

    @Test
    void sendsAClientWhereItCameFrom() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory, listener(HERE, ""), "routes: [{ name: all, redirect: { path: /there } }]\n");
                RawExchange connection = new RawExchange(gateway.port())) {
            connection.send("GET /a HTTP/1.1\r\nHost: shop\r\nX-Forwarded-Proto: https\r\n\r\n");

            assertThat(connection.answer(false).head()).contains("location: https://shop/there\r\n");
        }
    }

    @Test
    void spreadsTheClientsOfOneProxyByTheirAddresses() throws Exception {
        try (NamedUpstream a = new NamedUpstream("a");
                NamedUpstream b = new NamedUpstream("b");
                GatewayFixture gateway = GatewayFixture.start(
                        directory,
                        listener(HERE, ""),
                        "  - { name: two, loadBalancer: consistent-hash, hash: { clientAddress: true }, endpoints: ["
                                + a.entry() + ", " + b.entry() + "] }\n"
                                + "routes: [{ name: all, service: two }]\n")) {
            Set<String> answered = new HashSet<>();
            for (int i = 1; i <= 50; i++) {
                answered.add(gateway.send(HttpRequest.newBuilder(gateway.uri("/"))
                                .header("X-Forwarded-For", "192.0.2." + i)
                                .build())
                        .body());
            }

            assertThat(answered).containsExactlyInAnyOrder("a", "b");
        }
    }

    @Test
    void countsTheConnectionsOfTheProxyAsItsOwn() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory, listener(HERE, ", limits: { connectionsPerClient: 1 }"), filters(""));
                RawExchange one = new RawExchange(gateway.port())) {
            one.send("GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
            assertThat(one.answer(false).status()).isEqualTo(200);

            try (RawExchange other = new RawExchange(gateway.port())) {
                assertThat(other.isClosed()).isTrue();
            }
        }
    }

    @Test
    void takesTheOneThatAnotherProxyNamesForThePeer() throws Exception {
        String listener = listener(HERE, ", proxyProtocol: { from: [127.0.0.1] }");
        try (GatewayFixture gateway = GatewayFixture.start(directory, listener, filters(""))) {
            for (String peer : List.of("10.0.0.1", "203.0.113.9")) {
                try (RawExchange connection = new RawExchange(gateway.port())) {
                    connection.send("PROXY TCP4 " + peer + " 198.51.100.1 56324 443\r\n"
                            + "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n");
                    assertThat(connection.answer(false).status()).isEqualTo(200);
                }
            }

            assertThat(gateway.upstream().seen())
                    .extracting(seen -> seen.headers().get("x-forwarded-for"))
                    .containsExactly("192.0.2.7, 10.0.0.1", "203.0.113.9");
        }
    }

    @Test
    void findsTheClientInEveryVersionOfHttp() throws Exception {
        TestAuthority authority = TestAuthority.create();
        TestAuthority.write(directory, "web", authority.issue("localhost"));
        String secure = listener(HERE, ", protocols: [h1, h2, h3], tls: { " + certificates("web") + " }");
        try (GatewayFixture gateway = GatewayFixture.start(directory, secure, filters(""))) {
            for (HttpClient.Version version :
                    List.of(HttpClient.Version.valueOf("HTTP_1_1"), HttpClient.Version.valueOf("HTTP_2"))) {
                try (HttpClient client = TlsClient.trusting(authority).http(version)) {
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create("https://127.0.0.1:" + gateway.port() + "/a"))
                            .header("X-Forwarded-For", "192.0.2.7")
                            .build();
                    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                    .version())
                            .isEqualTo(version);
                }
            }
            try (Http3Connection connection = new Http3Connection(authority, "localhost", gateway.port())) {
                HttpClientRequest request = connection.request(HttpMethod.GET, "/a");
                request.putHeader("x-forwarded-for", "192.0.2.7");
                assertThat(request.send().await(20, TimeUnit.SECONDS).statusCode())
                        .isEqualTo(200);
            }

            assertThat(gateway.upstream().seen())
                    .hasSize(3)
                    .allSatisfy(seen ->
                            assertThat(seen.headers()).containsEntry("x-forwarded-for", "192.0.2.7, 127.0.0.1"));
        }
    }

    @Test
    void believesOthersAsSoonAsTheConfigurationSaysSo() throws Exception {
        try (GatewayFixture gateway = start("write: both")) {
            assertThat(sent(gateway, "X-Forwarded-For: 192.0.2.7"))
                    .containsEntry("forwarded", "for=127.0.0.1;host=web.example.com;proto=http")
                    .containsEntry("x-forwarded-for", "127.0.0.1");

            assertThat(gateway.configure(listener(HERE, ""), filters("")).statusCode())
                    .isEqualTo(200);

            assertThat(sent(gateway, "X-Forwarded-For: 192.0.2.7"))
                    .containsEntry("x-forwarded-for", "192.0.2.7, 127.0.0.1")
                    .doesNotContainKey("forwarded");
        }
    }

    @Test
    void keepsNoFieldThatPassesForOneOfItsOwn() throws Exception {
        String keep = ", headers: { underscores: keep }";
        try (GatewayFixture gateway = GatewayFixture.start(directory, listener(HERE, keep), filters(""))) {
            assertThat(sent(
                            gateway,
                            "X_Forwarded_For: 1.2.3.4",
                            "X-Forwarded_Proto: https",
                            "x_forwarded_user: root",
                            "Client_Cert: :AA==:",
                            "Client_Cert-Chain: :AA==:",
                            "X_Real_IP: 1.2.3.4",
                            "Content_Length: 5",
                            "X_User: alice"))
                    .containsEntry("x_user", "alice")
                    .doesNotContainKeys(
                            "x_forwarded_for",
                            "x-forwarded_proto",
                            "x_forwarded_user",
                            "client_cert",
                            "client_cert-chain",
                            "x_real_ip",
                            "content_length");
        }
    }
}
