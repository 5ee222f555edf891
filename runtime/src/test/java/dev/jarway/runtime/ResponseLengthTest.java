package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever filters make of method and status: what a response says of its length is what a client of its request takes for the
 * body (RFC 9112 section 6.3), so that the next response is found.
 */
class ResponseLengthTest {
    private static final String CASES = """
            # method, path, sent as, status, body made; status, length, body
            GET,  /,        HEAD, '',  '',   200, 0,  ''
            GET,  /,        HEAD, '',  made, 200, 4,  made
            HEAD, /,        GET,  '',  '',   200, 5,  ''
            HEAD, /,        GET,  '',  made, 200, 4,  ''
            HEAD, /,        '',   '',  '',   200, 5,  ''
            GET,  /304,     '',   '',  '',   304, 99, ''
            GET,  /304,     '',   200, '',   200, 0,  ''
            GET,  /304,     '',   200, made, 200, 4,  made
            HEAD, /304,     '',   200, '',   200, 99, ''
            GET,  /204,     '',   200, '',   200, 0,  ''
            GET,  /204,     '',   200, made, 200, 4,  made
            GET,  /204,     '',   '',  made, 204, '', ''
            GET,  /,        '',   204, '',   204, '', ''
            GET,  /,        '',   204, made, 204, '', ''
            GET,  /chunked, '',   204, '',   204, '', ''
            GET,  /,        '',   205, '',   205, 0,  ''
            GET,  /,        '',   304, '',   304, 5,  ''
            GET,  /chunked, '',   304, '',   304, '', ''
            """;

    @TempDir
    static Path directory;

    private static RawUpstream service;
    private static GatewayFixture gateway;

    @BeforeAll
    static void open() throws Exception {
        service = new RawUpstream(talk -> {
            while (true) {
                talk.send(answer(talk.head()));
            }
        });
        Path jar = filter("changing", "1.0.0", """
                private Headers asked;
                @Override public Action onRequestHeaders(Request request) {
                    asked = request.headers();
                    asked.get("x-method").ifPresent(request::setMethod);
                    return Action.proceed();
                }
                @Override public Action onResponseHeaders(Response response) {
                    asked.get("x-status").ifPresent(status -> response.setStatus(Integer.parseInt(status)));
                    return asked.contains("x-made") ? Action.bufferBody(100) : Action.proceed();
                }
                @Override public Action onResponseBody(Response response, Bytes body, Headers trailers) {
                    response.replaceBody(Bytes.utf8(asked.get("x-made").orElseThrow()));
                    return Action.proceed();
                }""").in(directory);
        Path adding = filter("adding", "1.0.0", """
                @Override public Action onResponseData(Chunk chunk) {
                    if (chunk.last()) { chunk.replace(Bytes.utf8("added")); }
                    return Action.proceed();
                }""").in(directory);
        gateway = GatewayFixture.start(
                directory.resolve("g"),
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n",
                "  - { name: raw, endpoints: [{ url: \"" + service.url() + "\" }] }\n"
                        + "filters: [{ plugin: changing }]\n"
                        + "routes:\n"
                        + "  - { name: streamed, match: { path: /streamed }, service: raw, filters: [{ plugin: adding }] }\n"
                        + "  - { name: all, service: raw }\n",
                jar,
                adding);
    }

    @AfterAll
    static void shut() {
        gateway.close();
        service.close();
    }

    private static String answer(String head) {
        if (head.contains(" /304 ")) {
            return "HTTP/1.1 304 Not Modified\r\ncontent-length: 99\r\n\r\n";
        }
        if (head.contains(" /204 ")) {
            return "HTTP/1.1 204 No Content\r\n\r\n";
        }
        if (head.contains(" /chunked ")) {
            return "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
        }
        return "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n" + (head.startsWith("head") ? "" : "hello");
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void isThatOfTheBodyOverHttp1(
            String method,
            String path,
            String sent,
            String changed,
            String made,
            int status,
            String length,
            String body)
            throws Exception {
        try (RawExchange client = new RawExchange(gateway.port())) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: h\r\n" + field("x-method", sent)
                    + field("x-status", changed) + field("x-made", made) + "\r\n"
                    + "GET /next HTTP/1.1\r\nHost: h\r\n\r\n");

            RawExchange.Answer first = client.answer(method.equals("HEAD") || status == 304);
            RawExchange.Answer next = client.answer(false);

            assertThat(first.status()).isEqualTo(status);
            assertThat(first.body()).isEqualTo(body);
            if (length.isEmpty()) {
                assertThat(first.head()).doesNotContain("content-length:", "transfer-encoding:");
            } else {
                assertThat(first.head()).contains("content-length: " + length + "\r\n");
            }
            assertThat(next.body()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = CASES)
    void isThatOfTheBodyOverHttp2(
            String method,
            String path,
            String sent,
            String changed,
            String made,
            int status,
            String length,
            String body)
            throws Exception {
        try (Http2Connection client = new Http2Connection(gateway.port())) {
            var request = client.request(HttpMethod.valueOf(method), path);
            header(request, "x-method", sent);
            header(request, "x-status", changed);
            header(request, "x-made", made);
            HttpClientResponse answer = ClientAnswers.begin(request).await();

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(ClientAnswers.body(answer).await().toString()).isEqualTo(body);
            assertThat(answer.headers().getAll("content-length"))
                    .isEqualTo(length.isEmpty() ? List.of() : List.of(length));
            assertThat(client.get("/next")).isEqualTo("hello");
            assertThat(client.opened()).isEqualTo(1);
        }
    }

    @Test
    void isLeftOpenWhereAFilterMayAddToABodyThatDoesNotCome() {
        HttpRequest asHead = HttpRequest.newBuilder(gateway.uri("/streamed"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("x-method", "HEAD")
                .build();

        HttpResponse<String> answer = gateway.send(asHead);

        assertThat(answer.headers().firstValue("content-length")).isEmpty();
        assertThat(answer.body()).isEqualTo("added");
    }

    private static String field(String name, String value) {
        return value.isEmpty() ? "" : name + ": " + value + "\r\n";
    }

    private static void header(HttpClientRequest request, String name, String value) {
        if (!value.isEmpty()) {
            request.putHeader(name, value);
        }
    }
}
