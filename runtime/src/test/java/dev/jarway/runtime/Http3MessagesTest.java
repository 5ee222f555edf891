package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.GatewayFixture.filters;
import static dev.jarway.runtime.TlsTest.certificates;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http3.DefaultHttp3Headers;
import io.netty.handler.codec.http3.Http3Headers;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes before a response of HTTP/3, and what comes after a request's body. */
class Http3MessagesTest {
    private static final String HOST = "web.example.com";
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    private final TestAuthority authority = TestAuthority.create();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    @BeforeEach
    void writeCertificates() {
        TestAuthority.write(directory, "web", authority.issue(HOST));
    }

    private GatewayFixture start(String more, Path... plugins) throws StartException {
        String listener =
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h3], limits: { trailers: 200 },"
                        + " tls: { " + certificates("web") + " } }]\n";
        return GatewayFixture.start(directory, listener, more, plugins);
    }

    private Http3Connection connect(GatewayFixture gateway) throws Exception {
        return new Http3Connection(authority, HOST, gateway.port());
    }

    private String next() throws InterruptedException {
        return String.valueOf(received.poll(20, TimeUnit.SECONDS));
    }

    private static HttpClientRequest expecting(Http3Connection connection, Queue<String> told) throws Exception {
        HttpClientRequest request = connection.request(HttpMethod.POST, "/");
        request.putHeader("expect", "100-continue").putHeader("content-length", "5");
        request.continueHandler(proceed -> {
            told.add("continue");
            request.end("hello");
        });
        request.writeHead().await(20, TimeUnit.SECONDS);
        return request;
    }

    @Test
    void leavesItToTheServiceWhetherAClientIsToSendItsBody() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    talk.send("HTTP/1.1 100 Continue\r\n\r\n");
                    received.add(talk.until("hello"));
                    talk.send(OK);
                });
                GatewayFixture gateway = start(upstream.entry());
                Http3Connection connection = connect(gateway)) {
            Queue<String> told = new ConcurrentLinkedQueue<>();

            HttpClientResponse response = expecting(connection, told).response().await(20, TimeUnit.SECONDS);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(told).containsExactly("continue");
            assertThat(next()).contains("\r\nexpect: 100-continue\r\n");
            assertThat(next()).isEqualTo("hello");
        }
    }

    @Test
    void passesOnAFinalResponseInPlaceOfTheWordToGoOn() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    received.add(talk.head());
                    talk.send("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n");
                });
                GatewayFixture gateway = start(upstream.entry());
                Http3Connection connection = connect(gateway)) {
            Queue<String> told = new ConcurrentLinkedQueue<>();

            HttpClientResponse response = expecting(connection, told).response().await(20, TimeUnit.SECONDS);

            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void asksForTheBodyItselfWhereAFilterWantsIt() throws Exception {
        Path upper = filter("upper", "1.0.0", """
                @Override public Action onRequestHeaders(Request request) { return Action.bufferBody(1000); }
                @Override public Action onRequestBody(Request request, Bytes body, Headers trailers) {
                    request.replaceBody(Bytes.utf8(body.asUtf8().toUpperCase()));
                    return Action.proceed();
                }
                """).in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: upper }"), upper);
                Http3Connection connection = connect(gateway)) {
            Queue<String> told = new ConcurrentLinkedQueue<>();

            HttpClientResponse response = expecting(connection, told).response().await(20, TimeUnit.SECONDS);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(told).containsExactly("continue");
        }
    }

    @Test
    void passesOnEarlyHints() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    talk.head();
                    talk.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\nconnection: x-hop\r\nx-hop: 1\r\n\r\n");
                    talk.send("HTTP/1.1 103 Early Hints\r\nLink: </b.css>\r\n\r\n");
                    talk.send(OK);
                });
                GatewayFixture gateway = start(upstream.entry());
                Http3Connection connection = connect(gateway)) {
            Queue<String> hints = new ConcurrentLinkedQueue<>();
            HttpClientRequest request = connection.request(HttpMethod.GET, "/");
            request.earlyHintsHandler(fields -> hints.add(fields.get("link") + " " + fields.contains("x-hop")));

            HttpClientResponse response = request.send().await(20, TimeUnit.SECONDS);

            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(hints).containsExactly("</a.css> false", "</b.css> false");
        }
    }

    private static Http3Headers trailers(String... fields) {
        Http3Headers trailers = new DefaultHttp3Headers();
        for (int i = 0; i < fields.length; i += 2) {
            trailers.add(fields[i], fields[i + 1]);
        }
        return trailers;
    }

    @Test
    void passesOnTheTrailersOfARequestWithTheirAnnouncement() throws Exception {
        try (RawUpstream upstream = new RawUpstream(talk -> {
                    while (true) {
                        received.add(talk.head());
                        received.add(talk.chunks());
                        talk.send(OK);
                    }
                });
                GatewayFixture gateway = start(upstream.entry());
                RawHttp3 client = new RawHttp3(authority, HOST, gateway.port())) {
            assertThat(client.post("hello", trailers("x-sum", "1", "cookie", "a=b"), "trailer", "x-sum"))
                    .isEqualTo("200 ok");
            assertThat(next()).contains("\r\ntrailer: x-sum\r\n");
            assertThat(next()).isEqualTo("5\r\nhello\r\n0\r\nx-sum: 1\r\n\r\n");

            assertThat(client.post("", trailers("x-alone", "1"))).isEqualTo("200 ok");
            next();
            assertThat(next()).isEqualTo("0\r\nx-alone: 1\r\n\r\n");
        }
    }

    @Test
    void refusesTrailersThatAreTooLarge() throws Exception {
        try (GatewayFixture gateway = start(filters(""));
                RawHttp3 client = new RawHttp3(authority, HOST, gateway.port())) {
            assertThat(client.post("hello", trailers("x-large", "x".repeat(200))))
                    .startsWith("431 ");
        }
    }
}
