package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/3 through the gateway. */
class Http3Test {
    private static final String HOST = "web.example.com";

    private final TestAuthority authority = TestAuthority.create();

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificates() {
        TestAuthority.write(directory, "other", authority.issue("other.example.com"));
        TestAuthority.write(directory, "web", authority.issue(HOST));
    }

    private static String listener(String protocols) {
        return listener(protocols, "", "");
    }

    private static String listener(String protocols, String tls, String more) {
        return "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [" + protocols + "], tls: { "
                + certificates("other", "web") + tls + " }" + more + " }]\n";
    }

    private GatewayFixture start(String routesAndMore, Path... plugins) throws StartException {
        return GatewayFixture.start(directory, listener("h1, h2, h3"), routesAndMore, plugins);
    }

    private Http3Connection connect(GatewayFixture gateway) throws Exception {
        return new Http3Connection(authority, HOST, gateway.port());
    }

    @Test
    void carriesRequestsAndBodiesBothWays() throws Exception {
        String large = "0123456789abcdef".repeat(50_000);
        Path telling = filter("telling", "1.0.0", """
                @Override public Action onResponseHeaders(Response response) {
                    response.headers().set("x-exchange", exchange.protocol() + " "
                            + exchange.tls().orElseThrow().serverName().orElse("-") + " "
                            + exchange.tls().orElseThrow().protocol() + " " + exchange.request().scheme());
                    return Action.proceed();
                }
                """).in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: telling }"), telling);
                Http3Connection connection = connect(gateway)) {
            assertThat(connection.get("/a")).isEqualTo("/a");
            assertThat(connection.post("/b", large)).isEqualTo(large);
            assertThat(connection.begin("/c").getHeader("x-exchange")).isEqualTo("HTTP/3 " + HOST + " TLSv1.3 https");
            assertThat(gateway.upstream().seen().remove().headers())
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("x-forwarded-proto", "https")
                    .doesNotContainKeys("transfer-encoding", "content-length");
        }
    }

    @Test
    void givesUpAnAnswerUnderWayThatNobodyTakes() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 200 OK\r\ncontent-length: 100000000000\r\n\r\n");
                    try {
                        while (true) {
                            talk.send("x".repeat(65_536));
                        }
                    } catch (IOException e) {
                        ended.countDown();
                    }
                });
                GatewayFixture gateway = GatewayFixture.start(directory, untaken(), upstream.entry());
                Http3Connection connection = connect(gateway)) {
            assertThat(connection.begin("/").statusCode()).isEqualTo(200);

            assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(connection.isClosed()).isFalse();
        }
    }

    @Test
    void closesTheConnectionOnWhichAWholeAnswerIsNotTaken() throws Exception {
        Path large = filter("large", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) {
                    return Action.respond(LocalResponse.of(200, "x".repeat(16_000_000)));
                }
                """).in(directory);
        try (GatewayFixture gateway = GatewayFixture.start(directory, untaken(), filters("{ plugin: large }"), large);
                Http3Connection connection = connect(gateway)) {
            assertThat(connection.begin("/").statusCode()).isEqualTo(200);

            await().atMost(PATIENCE).until(connection::isClosed);
            assertThat(gateway.status()).contains("\"responseIdle\" : 1");
        }
    }

    /** A listener that is tired of waiting long before the connection is. */
    private static String untaken() {
        return listener("h1, h3", "", ", limits: { responseIdle: 1s }");
    }

    private int status(Http3Connection connection, String path, String... fields) throws Exception {
        HttpClientRequest request = connection.request(HttpMethod.GET, path);
        for (int i = 0; i < fields.length; i += 2) {
            request.putHeader(fields[i], fields[i + 1]);
        }
        return request.send().await(20, TimeUnit.SECONDS).statusCode();
    }

    @Test
    void letsInWhatTheListenerLetsInOverOtherProtocols() throws Exception {
        String limits = ", limits: { headerCount: 5, body: 10, controlFrames: 100 }";
        try (GatewayFixture gateway = GatewayFixture.start(directory, listener("h1, h3", "", limits), filters(""));
                Http3Connection connection = connect(gateway)) {
            assertThat(status(connection, "/a", "x_y", "1")).isEqualTo(200);
            assertThat(gateway.upstream().seen().remove().headers()).doesNotContainKey("x_y");
            assertThat(status(connection, "/a/%2e%2e/b")).isEqualTo(400);
            assertThat(status(connection, "/a%2fb")).isEqualTo(400);
            assertThat(status(connection, "/a", "transfer-encoding", "chunked")).isEqualTo(400);
            assertThat(status(connection, "/a", "1", "1", "2", "2", "3", "3", "4", "4", "5", "5", "6", "6"))
                    .isEqualTo(431);
            assertThat(connection
                            .request(HttpMethod.POST, "/a")
                            .send("12345678901")
                            .await(20, TimeUnit.SECONDS)
                            .statusCode())
                    .isEqualTo(413);
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }

    @Test
    void countsItsConnectionsAmongThoseOfTheListener() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory, listener("h1, h3", "", ", limits: { connections: 1 }"), filters(""));
                Http3Connection first = connect(gateway)) {
            assertThat(first.get("/a")).isEqualTo("/a");
            assertThat(isTurnedAway(gateway, null)).isTrue();
            assertThat(first.get("/b")).isEqualTo("/b");
        }
    }

    @Test
    void asksForTheCertificatesOfClientsAndForwardsThem() throws Exception {
        TestAuthority clients = TestAuthority.create();
        TestAuthority.replace(directory.resolve("clients.pem"), clients.root().getRootCertificatePEM());
        X509Bundle alice = clients.issue("alice");
        Path telling = filter("telling", "1.0.0", """
                @Override public Action onResponseHeaders(Response response) {
                    response.headers().set("x-client", exchange.tls().orElseThrow().clientCertificates().get(0)
                            .getSubjectX500Principal().getName());
                    return Action.proceed();
                }
                """).in(directory);
        String asks = ", trust: clients.pem, clientAuth: required, forwardClientCert: true";
        try (GatewayFixture gateway = GatewayFixture.start(
                        directory, listener("h1, h3", asks, ""), filters("{ plugin: telling }"), telling);
                Http3Connection known = new Http3Connection(authority, alice, HOST, gateway.port())) {
            assertThat(known.begin("/a").getHeader("x-client")).isEqualTo("CN=alice");
            assertThat(gateway.upstream().seen().remove().headers())
                    .containsEntry(
                            "client-cert",
                            ":"
                                    + Base64.getEncoder()
                                            .encodeToString(
                                                    alice.getCertificate().getEncoded()) + ":");
            assertThat(isTurnedAway(gateway, null)).isTrue();
            assertThat(isTurnedAway(gateway, TestAuthority.create().issue("stranger")))
                    .isTrue();
            assertThat(known.get("/b")).isEqualTo("/b");
        }
    }

    /** The client may think that its handshake has succeeded before it learns otherwise. */
    private boolean isTurnedAway(GatewayFixture gateway, @Nullable X509Bundle certificate) throws Exception {
        try (Http3Connection connection = new Http3Connection(authority, certificate, HOST, gateway.port())) {
            await().atMost(PATIENCE).until(connection::isClosed);
            return connection.isClosed();
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void collectsABodyForAFilterThatWantsItWhole() throws Exception {
        Path upper = filter("upper", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) { return Action.bufferBody(1000); }
                @Override public Action onRequestBody(Request request, Bytes body, Headers trailers) {
                    request.replaceBody(Bytes.utf8(body.asUtf8().toUpperCase()));
                    return Action.proceed();
                }
                """).in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: upper }"), upper);
                Http3Connection connection = connect(gateway)) {
            assertThat(connection.post("/a", "text")).isEqualTo("TEXT");
        }
    }

    @Test
    void carriesTheTrailersOfAResponse() throws Exception {
        String answer = """
                HTTP/1.1 200 OK
                transfer-encoding: chunked

                5
                hello
                0
                x-sum: 1
                set-cookie: a=b

                """.replace("\n", "\r\n");
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send(answer);
                });
                GatewayFixture gateway = start(upstream.entry());
                Http3Connection connection = connect(gateway)) {
            HttpClientResponse response = connection.begin("/");
            ClientAnswers.body(response).await(20, TimeUnit.SECONDS);

            assertThat(response.getTrailer("x-sum")).isEqualTo("1");
            assertThat(response.trailers().contains("set-cookie")).isFalse();
        }
    }

    @Test
    void showsTheCertificateThatFitsTheName() throws Exception {
        try (GatewayFixture gateway = start(filters(""));
                Http3Connection named = connect(gateway);
                Http3Connection unknown = new Http3Connection(authority, "unknown.example.net", gateway.port())) {
            assertThat(named.shown()).isEqualTo(HOST);
            assertThat(unknown.shown()).isEqualTo("other.example.com");
        }
    }

    @Test
    void showsNewCertificatesToNewConnections() throws Exception {
        try (GatewayFixture gateway = start(filters(""));
                Http3Connection kept = connect(gateway)) {
            assertThat(kept.get("/a")).isEqualTo("/a");

            TestAuthority.write(directory, "web", authority.issue("renewed.example.com", HOST));

            await().atMost(PATIENCE).until(() -> shown(gateway), "renewed.example.com"::equals);
            assertThat(kept.get("/b")).isEqualTo("/b");
        }
    }

    private String shown(GatewayFixture gateway) throws Exception {
        try (Http3Connection connection = connect(gateway)) {
            return connection.shown();
        }
    }

    @Test
    void endsARequestOnTheConfigurationThatItBeganOn() throws Exception {
        Path stamp = filter("stamp", "1.0.0", """
                @Override public Action onResponseHeaders(Response response) {
                    response.headers().set("x-stamp", config.text());
                    return Action.proceed();
                }
                """).in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: stamp, config: { text: before } }"), stamp);
                Http3Connection connection = connect(gateway)) {
            HttpClientRequest upload = connection.request(HttpMethod.POST, "/upload");
            upload.setChunked(true).write("one ").await(20, TimeUnit.SECONDS);
            await().atMost(PATIENCE)
                    .until(() -> gateway.status().replace(" ", "").contains("\"onThisRevision\":1"));

            assertThat(gateway.configure(listener("h1, h2, h3"), filters("{ plugin: stamp, config: { text: after } }"))
                            .statusCode())
                    .isEqualTo(200);
            HttpClientResponse begun =
                    ClientAnswers.begin(upload, Buffer.buffer("two")).await(20, TimeUnit.SECONDS);
            assertThat(begun.getHeader("x-stamp")).isEqualTo("before");
            assertThat(ClientAnswers.body(begun).await(20, TimeUnit.SECONDS).toString())
                    .isEqualTo("one two");
            assertThat(connection.begin("/next").getHeader("x-stamp")).isEqualTo("after");
        }
    }

    @Test
    void isAdvertisedOverTcpAlone() throws Exception {
        TlsClient client = TlsClient.trusting(authority);
        try (GatewayFixture gateway = start(filters(""));
                Http3Connection connection = connect(gateway)) {
            for (HttpClient.Version version : HttpClient.Version.values()) {
                if (List.of("HTTP_1_1", "HTTP_2").contains(version.name())) {
                    try (HttpClient http = client.http(version)) {
                        var uri = URI.create("https://127.0.0.1:" + gateway.port() + "/a");
                        var answer =
                                http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());

                        assertThat(answer.headers().firstValue("alt-svc"))
                                .hasValue("h3=\":" + gateway.port() + "\"; ma=86400");
                    }
                }
            }
            assertThat(connection.begin("/a").getHeader("alt-svc")).isNull();
        }
    }

    @Test
    void comesToAnOpenListenerAndGoesAgain() throws Exception {
        TlsClient client = TlsClient.trusting(authority);
        try (GatewayFixture gateway = GatewayFixture.start(directory, listener("h1, h2"), filters(""));
                KeptConnection before = KeptConnection.over(client.open(gateway.port(), HOST))) {
            int port = gateway.port();
            assertThat(before.head("/a", "")).doesNotContainIgnoringCase("alt-svc");

            gateway.configure(listener("h1, h2, h3"), filters(""));
            try (Http3Connection connection = connect(gateway)) {
                assertThat(connection.get("/a")).isEqualTo("/a");

                // Other protocols beside it, while it is in use.
                gateway.configure(listener("h2, h3"), filters(""));
                try (Http3Connection other = connect(gateway)) {
                    assertThat(other.get("/b")).isEqualTo("/b");
                }
            }

            gateway.configure(listener("h1, h2"), filters(""));
            assertThat(gateway.port()).isEqualTo(port);
            await().atMost(PATIENCE).until(() -> isFreeForUdp(port));
        }
    }

    @Test
    void hasNewConnectionsGoByNewRulesWhileAnOldOneStays() throws Exception {
        try (LiveUpstream live = new LiveUpstream()) {
            String routes = live.entry() + "routes: [{ name: live, service: live }]\n";
            try (GatewayFixture gateway = GatewayFixture.start(directory, listener("h1, h3"), routes);
                    Http3Connection old = connect(gateway)) {
                Future<String> answer = old.ask("/later");
                await().atMost(PATIENCE).until(() -> live.arrived() == 1);

                String strict = listener("h1, h3", "", ", limits: { headerCount: 1 }");
                assertThat(gateway.configure(strict, routes).statusCode()).isEqualTo(200);

                for (int i = 0; i < 12; i++) {
                    try (Http3Connection connection = connect(gateway)) {
                        assertThat(status(connection, "/one-event", "a", "1", "b", "2"))
                                .isEqualTo(431);
                    }
                }
                await().atMost(PATIENCE).until(old::isLeaving);
                live.answerLate();
                await().atMost(PATIENCE).until(answer::isComplete);
                assertThat(answer.result()).isEqualTo("late");
                await().atMost(PATIENCE).until(old::isClosed);
            }
        }
    }

    @Test
    void partsFromAConnectionThoughABodyOnItWasNeverEnded() throws Exception {
        String limits = ", limits: { bodyIdle: 1s }";
        try (GatewayFixture gateway = GatewayFixture.start(directory, listener("h1, h3", "", limits), filters(""));
                RawHttp3 client = new RawHttp3(authority, HOST, gateway.port());
                RawHttp3.Exchange exchange = client.begin(client.head("POST"))) {
            exchange.data("hello");
            assertThat(exchange.answer()).startsWith("408 ");

            gateway.configure(listener("h1"), filters(""));

            await().atMost(PATIENCE).until(() -> !client.isOpen());
        }
    }

    private static boolean isFreeForUdp(int port) {
        try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (SocketException e) {
            return false;
        }
    }

    @Test
    void givesUpAStreamAloneWhenAServiceBreaksOff() throws Exception {
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway = start(live.entry() + "routes: [{ name: live, service: live }]\n");
                Http3Connection connection = connect(gateway)) {
            HttpClientResponse half = connection.begin("/half");
            HttpClientResponse events = connection.begin("/events");
            var broken = ClientAnswers.body(half);
            live.breakOff();

            assertThatThrownBy(() -> broken.await(20, TimeUnit.SECONDS)).isInstanceOf(Exception.class);
            assertThat(events.statusCode()).isEqualTo(200);
            assertThat(connection.begin("/one-event").statusCode()).isEqualTo(200);
        }
    }
}
