package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.filter;
import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What filters can do to a request and its response on their way. */
class RequestFlowTest {

    @TempDir
    Path directory;

    @Test
    void forwardsMethodTargetHostFieldsAndBody() throws Exception {
        try (GatewayFixture gateway = start(filters(""))) {
            HttpResponse<String> answer = gateway.send(HttpRequest.newBuilder(gateway.uri("/a/b?c=d%20e"))
                    .method("PATCH", HttpRequest.BodyPublishers.ofString("body"))
                    .header("x-one", "1")
                    .header("connection-like", "kept")
                    .build());

            assertThat(answer.body()).isEqualTo("body");
            assertThat(answer.headers().firstValue("x-upstream")).contains("echo");
            var seen = gateway.upstream().seen().element();
            assertThat(seen.method()).isEqualTo("PATCH");
            assertThat(seen.target()).isEqualTo("/a/b?c=d%20e");
            assertThat(seen.headers())
                    .containsEntry("X-one", "1")
                    .containsEntry("Host", "127.0.0.1:" + gateway.port())
                    .containsEntry("X-forwarded-for", "127.0.0.1")
                    .containsEntry("X-forwarded-proto", "http");
        }
    }

    @Test
    void answersNotFoundWhereNoRouteMatches() throws Exception {
        try (GatewayFixture gateway =
                start("routes: [{ name: one, match: { path: /one, methods: [GET] }, service: echo }]\n")) {
            assertThat(gateway.get("/two").statusCode()).isEqualTo(404);
            assertThat(gateway.get("/two").body()).contains("NO_ROUTE");
            HttpResponse<String> refused = gateway.post("/one", "x");
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("allow")).contains("GET");
        }
    }

    @Test
    void answersServiceUnavailableWhereTheServiceIsNotThere() throws Exception {
        try (GatewayFixture gateway = start("routes: [{ name: all, service: gone }]\n")) {
            HttpResponse<String> answer = gateway.get("/");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("UPSTREAM_UNREACHABLE");
        }
    }

    @Test
    void runsResponseFiltersInReverse() throws Exception {
        Path jar = plugin("mark", "1.0.0", "String name", """
                        return exchange -> new Filter() {
                            @Override public Action onRequestHeaders(Request request) {
                                request.headers().add("x-order", config.name());
                                return Action.proceed();
                            }
                            @Override public Action onResponseHeaders(Response response) {
                                response.headers().add("x-order", config.name());
                                return Action.proceed();
                            }
                        };""", "").in(directory);
        try (GatewayFixture gateway = start(
                filters(
                        "{ plugin: mark, name: a, config: { name: a } }, { plugin: mark, name: b, config: { name: b } }"),
                jar)) {
            HttpResponse<String> answer = gateway.get("/");

            assertThat(gateway.upstream().seen().element().headers()).containsEntry("X-order", "a,b");
            assertThat(answer.headers().allValues("x-order")).containsExactly("b", "a");
        }
    }

    @Test
    void givesAFilterTheWholeBodyAndSendsWhatItPutsInItsPlace() throws Exception {
        Path jar = filter("upper", "1.0.0", """
                        @Override public Action onRequestHeaders(Request request) { return Action.bufferBody(100); }
                        @Override public Action onRequestBody(Request request, Bytes body, Headers trailers) {
                            request.replaceBody(Bytes.utf8(body.asUtf8().toUpperCase(java.util.Locale.ROOT) + "!"));
                            return Action.proceed();
                        }
                        @Override public Action onResponseHeaders(Response response) { return Action.bufferBody(1000); }
                        @Override public Action onResponseBody(Response response, Bytes body, Headers trailers) {
                            response.setStatus(202);
                            response.replaceBody(Bytes.utf8("<" + body.asUtf8() + ">"));
                            return Action.proceed();
                        }""").in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: upper }"), jar)) {
            HttpResponse<String> answer = gateway.post("/", "hello");

            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.body()).isEqualTo("<HELLO!>");
            assertThat(gateway.post("/", "x".repeat(101)).body()).contains("REQUEST_BODY_TOO_LARGE");
        }
    }

    @Test
    void showsAFilterEachPieceOfABodyAndItsEnd() throws Exception {
        Path jar = filter("stream", "1.0.0", """
                        private int length;
                        @Override public Action onResponseHeaders(Response response) {
                            response.headers().remove("content-length");
                            return Action.proceed();
                        }
                        @Override public Action onResponseData(Chunk chunk) {
                            length += chunk.bytes().length();
                            if (chunk.last()) {
                                chunk.replace(Bytes.utf8(chunk.bytes().asUtf8() + " and " + length + " bytes"));
                            }
                            return Action.proceed();
                        }""").in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: stream }"), jar)) {
            assertThat(gateway.post("/", "hello").body()).isEqualTo("hello and 5 bytes");
            String large = "0123456789".repeat(100_000);
            assertThat(gateway.post("/", large).body()).isEqualTo(large + " and 1000000 bytes");
        }
    }

    @Test
    void waitsForAStageWithoutHoldingAThreadAndDecidesThen() throws Exception {
        Path jar = filter("wait", "1.0.0", """
                        @Override public Action onRequestHeaders(Request request) {
                            var later = new java.util.concurrent.CompletableFuture<String>();
                            context.scheduler().after(java.time.Duration.ofMillis(20), () -> later.complete("seen"));
                            return Action.await(later, value -> {
                                request.headers().set("x-waited", value);
                                return Action.proceed();
                            });
                        }""").in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: wait }"), jar)) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertThat(gateway.upstream().seen().element().headers()).containsEntry("X-waited", "seen");
        }
    }

    @Test
    void callsFiltersThatMayBlockOnVirtualThreads() throws Exception {
        Path jar = plugin(
                        "blocking",
                        "1.0.0",
                        "String text",
                        """
                        return exchange -> new Filter() {
                            private String seen = "";
                            @Override public Action onRequestHeaders(Request request) throws Exception {
                                Thread.sleep(20);
                                seen += Thread.currentThread().isVirtual();
                                return Action.proceed();
                            }
                            @Override public Action onRequestData(Chunk chunk) throws Exception {
                                Thread.sleep(5);
                                seen += chunk.last() ? " end" : " data";
                                return Action.proceed();
                            }
                            @Override public Action onResponseHeaders(Response response) {
                                response.headers().set("x-seen", seen);
                                return Action.proceed();
                            }
                        };""",
                        "@Override public Execution executes() { return Execution.VIRTUAL_THREAD; }")
                .in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: blocking, config: { text: x } }"), jar)) {
            assertThat(gateway.post("/", "hello").headers().firstValue("x-seen"))
                    .contains("true data end");
        }
    }

    @Test
    void matchesAgainAfterARerouteAndGivesUpOnALoop() throws Exception {
        Path jar = filter("to-b", "1.0.0", """
                        @Override public Action onRequestHeaders(Request request) {
                            request.setTarget(request.path().equals("/a") ? "/b" : "/loop");
                            return Action.reroute();
                        }""").in(directory);
        try (GatewayFixture gateway = start("""
                routes:
                  - { name: a, match: { path: /a }, service: echo, filters: [{ plugin: to-b }] }
                  - { name: b, match: { path: /b }, service: echo }
                """, jar)) {
            assertThat(gateway.get("/a").body()).isEqualTo("/b");
        }
    }

    @Test
    void matchesByTheHeadersThatTheGatewaysFiltersLeave() throws Exception {
        Path jar = filter("to-b", "1.0.0", """
                        @Override public Action onRequestHeaders(Request request) {
                            request.headers().set("x-version", "b");
                            return Action.proceed();
                        }""").in(directory);
        try (GatewayFixture gateway = start("""
                filters: [{ plugin: to-b }]
                routes:
                  - { name: b, match: { path: /, headers: { x-version: b } }, service: echo }
                """, jar)) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void tellsEveryFilterOnceHowTheExchangeEnded() throws Exception {
        Path jar = filter("tell", "1.0.0", """
                        @Override public void onComplete(Outcome outcome) {
                            System.setProperty("jarway.test.outcome", outcome.status() + " " + outcome.requestBytes() + " "
                                    + outcome.responseBytes() + " " + outcome.completed() + " " + exchange.route().get());
                        }""").in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: tell }"), jar)) {
            gateway.post("/", "hello");

            await().atMost(GatewayFixture.PATIENCE)
                    .until(() -> "200 5 5 true all".equals(System.getProperty("jarway.test.outcome")));
        }
    }

    @Test
    void refusesFieldsThatWouldChangeTheFraming() throws Exception {
        Path jar = filter(
                        "smuggle",
                        "1.0.0",
                        "@Override public Action onRequestHeaders(Request request) {"
                                + " request.headers().set(\"Transfer-Encoding\", \"chunked\"); return Action.proceed(); }")
                .in(directory);
        try (GatewayFixture gateway = start(filters("{ plugin: smuggle }"), jar)) {
            assertThat(gateway.get("/").statusCode()).isEqualTo(500);
            assertThat(gateway.upstream().seen()).isEmpty();
        }
    }

    private GatewayFixture start(String routes, Path... plugins) throws StartException {
        return GatewayFixture.start(directory.resolve("g"), routes, plugins);
    }
}
