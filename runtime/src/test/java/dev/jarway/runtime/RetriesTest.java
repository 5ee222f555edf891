package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.FlakyUpstream.Deed;
import dev.jarway.runtime.host.LogCapture;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a request is tried again, and when it must not be. */
class RetriesTest {
    private static final String IDLE = "\"usage\":{\"requests\":0,\"connections\":0,\"pendingRequests\":0}";

    @TempDir
    Path directory;

    private final FlakyUpstream flaky = new FlakyUpstream();

    @AfterEach
    void close() {
        flaky.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT"})
    void triesAnotherEndpointIfThereIsNoConnection(String method) throws Exception {
        try (NamedUpstream down = new NamedUpstream("down");
                GatewayFixture gateway = start("endpoints: [" + down.entry() + "," + flaky.entry() + "]")) {
            down.stop();

            for (int i = 0; i < 10; i++) {
                HttpResponse<String> response = send(gateway, method, method.equals("GET") ? "" : "body");

                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body()).isEqualTo(method.equals("GET") ? "ok" : "body");
            }
            assertThat(flaky.seen()).hasSize(10);
            assertThat(figures(gateway)).containsPattern("\"retries\":\\{\"made\":[1-9]\\d*,\"refused\":0}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
    void triesAgainWhatMayBeSentTwiceIfTheConnectionBreaks(String method) throws Exception {
        try (GatewayFixture gateway = start(endpoint())) {
            flaky.next(Deed.CUT);

            assertThat(send(gateway, method, method.equals("PUT") ? "body" : "").statusCode())
                    .isEqualTo(200);

            assertThat(flaky.seen()).hasSize(2).allMatch(seen -> seen.method().equals(method));
            assertThat(flaky.seen().getLast()).isEqualTo(flaky.seen().getFirst());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "LOCK"})
    void neverSendsTwiceWhatMightBeDoneTwice(String method) throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { attempts: 3, on: [reset, 5xx] }")) {
            flaky.next(Deed.CUT, Deed.REFUSE);

            assertThat(send(gateway, method, "body").statusCode()).isEqualTo(502);
            assertThat(send(gateway, method, "").statusCode()).isEqualTo(503);

            assertThat(flaky.seen()).hasSize(2);
        }
    }

    @Test
    void triesNothingAgainOnceTheResponseHasBegun() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { attempts: 3 }")) {
            flaky.next(Deed.CUT_HALFWAY);

            assertThatThrownBy(() -> gateway.get("/")).isInstanceOf(UncheckedIOException.class);

            assertThat(gateway.get("/after").statusCode()).isEqualTo(200);
            assertThat(flaky.seen()).extracting(FlakyUpstream.Seen::target).containsExactly("/", "/after");
        }
    }

    @Test
    void triesAgainAsOftenAsItMay() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { attempts: 2 }")) {
            flaky.next(Deed.CUT, Deed.CUT, Deed.CUT, Deed.CUT, Deed.CUT);

            assertThat(gateway.get("/").statusCode()).isEqualTo(502);
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            assertThat(flaky.seen()).hasSize(6);
        }
    }

    @Test
    void tellsTheAccessLogHowOftenItTried() throws Exception {
        try (LogCapture log = new LogCapture("jarway.access");
                GatewayFixture gateway = start(endpoint() + ", retries: { attempts: 2 }")) {
            flaky.next(Deed.CUT, Deed.CUT);

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            await().atMost(PATIENCE).until(() -> !log.messages().isEmpty());
            assertThat(log.messages().getFirst()).endsWith(" retries=2");
        }
    }

    @Test
    void triesNothingAgainForAClientThatHasGone() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { attempts: 5, perTryTimeout: 500ms }")) {
            flaky.next(Deed.HANG, Deed.HANG, Deed.HANG, Deed.HANG);
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send("GET /gone HTTP/1.1\r\nhost: a\r\n\r\n");
                await().atMost(PATIENCE).until(() -> flaky.seen().size() == 1);
            }
            flaky.next(Deed.HANG);

            // A request that takes longer than the one that was left would have taken for its second try.
            assertThat(gateway.get("/after").statusCode()).isEqualTo(200);
            assertThat(flaky.seen())
                    .filteredOn(seen -> seen.target().equals("/gone"))
                    .hasSize(1);
        }
    }

    @Test
    void triesNothingAgainWithoutAttempts() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { attempts: 0 }")) {
            flaky.next(Deed.CUT);

            assertThat(gateway.get("/").statusCode()).isEqualTo(502);

            assertThat(flaky.seen()).hasSize(1);
        }
    }

    @Test
    void keepsALittleOfABodyForAnotherTryAndNoMore() throws Exception {
        try (GatewayFixture gateway = start(endpoint())) {
            flaky.next(Deed.CUT, Deed.ANSWER, Deed.CUT);
            String little = "x".repeat(60_000);

            assertThat(send(gateway, "PUT", little).body()).isEqualTo(little);
            assertThat(send(gateway, "PUT", "x".repeat(70_000)).statusCode()).isEqualTo(502);

            assertThat(flaky.seen()).hasSize(3);
        }
    }

    @Test
    void goesOnWithABodyThatIsStillOnItsWay() throws Exception {
        try (CuttingUpstream cutting = new CuttingUpstream();
                GatewayFixture gateway = start("endpoints: [{ url: \"" + cutting.url() + "\" }]");
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("PUT /x HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nfirst");
            cutting.awaitConnections(2);
            client.send("again");

            assertThat(client.answer(false).body()).isEqualTo("firstagain");
        }
    }

    @Test
    void triesStatusesAgainOnlyWhereConfigured() throws Exception {
        try (GatewayFixture gateway = start(endpoint())) {
            flaky.next(Deed.REFUSE);
            assertThat(gateway.get("/").statusCode()).isEqualTo(503);

            gateway.configure(service(endpoint() + ", retries: { on: [\"503\"] }"));

            flaky.next(Deed.REFUSE, Deed.ANSWER, Deed.REFUSE, Deed.REFUSE);
            assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/").statusCode()).isEqualTo(503);
            assertThat(flaky.seen()).hasSize(5);
        }
    }

    @Test
    void triesAgainWhatTakesTooLongInOneTry() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { perTryTimeout: 300ms }")) {
            flaky.next(Deed.HANG);

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            assertThat(flaky.seen()).hasSize(2);
        }
    }

    @Test
    void triesNothingAgainWithoutBudget() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", retries: { budget: { share: 0%, minPerSecond: 0 } }")) {
            flaky.next(Deed.CUT);

            assertThat(gateway.get("/").statusCode()).isEqualTo(502);

            assertThat(flaky.seen()).hasSize(1);
            assertThat(figures(gateway)).contains("\"retries\":{\"made\":0,\"refused\":1}");
        }
    }

    @Test
    void holdsNoPlaceForATryThatIsOver() throws Exception {
        try (GatewayFixture gateway = start(endpoint() + ", limits: { requests: 1, connections: 1 }")) {
            flaky.next(Deed.CUT);

            assertThat(gateway.get("/").statusCode()).isEqualTo(200);

            assertThat(flaky.seen()).hasSize(2);
            await().atMost(PATIENCE).until(() -> figures(gateway).contains(IDLE));
        }
    }

    @Test
    void keepsItsPlaceWhenItTriesAgainAfterAStatus() throws Exception {
        try (GatewayFixture gateway =
                start(endpoint() + ", limits: { requests: 1, connections: 1 }, retries: { on: [\"503\"] }")) {
            for (int i = 0; i < 5; i++) {
                flaky.next(Deed.REFUSE);

                assertThat(gateway.get("/").body()).isEqualTo("ok");
                await().atMost(PATIENCE).until(() -> figures(gateway).contains(IDLE));
            }

            assertThat(flaky.seen()).hasSize(10);
        }
    }

    private String endpoint() {
        return "endpoints: [" + flaky.entry() + "]";
    }

    private GatewayFixture start(String keys) throws StartException {
        return GatewayFixture.start(directory, service(keys));
    }

    private static String service(String keys) {
        return "  - { name: named, " + keys + " }\nroutes: [{ name: all, service: named }]\n";
    }

    private static HttpResponse<String> send(GatewayFixture gateway, String method, String body) {
        return gateway.send(HttpRequest.newBuilder(gateway.uri("/x"))
                .method(
                        method,
                        body.isEmpty()
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofByteArray(body.getBytes(StandardCharsets.US_ASCII)))
                .build());
    }

    private static String figures(GatewayFixture gateway) {
        return gateway.send(gateway.admin("/v1/services/named").build()).body().replaceAll("\\s", "");
    }
}
