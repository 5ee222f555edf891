package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes last on a connection of HTTP/1, and what comes behind that. */
class ConnectionEndTest {
    private static final String BEHIND = "GET /behind HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final int TRIES = 20;

    @TempDir
    Path directory;

    private GatewayFixture gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayFixture.start(directory, """
                routes:
                  - { name: down, match: { path: /down }, service: gone }
                  - { name: all, service: echo }
                """);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void servesNothingBehindAnAnswerThatSaysClose() throws Exception {
        // Nobody has asked for the body: what is it, and what comes behind it? The connection is not used to find out.
        String first = "POST /down HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello";
        for (int i = 0; i < TRIES; i++) {
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send(first + BEHIND);
                RawExchange.Answer answer = client.answer(false);

                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.head()).contains("\r\nconnection: close\r\n");
                assertThat(client.isClosed()).isTrue();
            }
        }
        assertThat(gateway.upstream().seen()).isEmpty();
    }

    @Test
    void servesNothingBehindARequestThatSaysClose() throws Exception {
        for (int i = 0; i < TRIES; i++) {
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send("GET /last HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, close\r\n\r\n" + BEHIND);
                RawExchange.Answer answer = client.answer(false);

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.head()).contains("\r\nconnection: close\r\n");
                assertThat(client.isClosed()).isTrue();
            }
        }
        assertThat(gateway.upstream().seen())
                .hasSize(TRIES)
                .allSatisfy(seen -> assertThat(seen.target()).isEqualTo("/last"));
    }

    @Test
    void refusesAHeadRequestWithoutABody() throws Exception {
        for (String request : new String[] {
            "HEAD / HTTP/1.1\r\nHost: h\r\nx\r\n\r\n",
            "HEAD / HTTP/2.0\r\nHost: h\r\n\r\n",
            "HEAD /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: h\r\n\r\n",
            "HEAD / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n"
        }) {
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send(request);

                assertThat(client.answer(true).status()).isGreaterThanOrEqualTo(400);
                assertThat(client.isClosed()).as(request).isTrue();
            }
        }
    }

    @Test
    void tellsWhenAnAnswerWasMade() throws Exception {
        for (String path : new String[] {"/", "/down"}) {
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n");

                assertThat(client.answer(false).head())
                        .containsPattern("\r\ndate: [a-z]{3}, \\d{2} [a-z]{3} \\d{4} \\d{2}:\\d{2}:\\d{2} gmt\r\n");
            }
        }
    }
}
