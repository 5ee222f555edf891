package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.UpstreamFault.brokenOff;
import static dev.jarway.runtime.UpstreamFault.invalid;
import static dev.jarway.runtime.UpstreamFault.refused;
import static dev.jarway.runtime.UpstreamFault.relayed;
import static dev.jarway.runtime.UpstreamFault.relayedOnce;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.HostileUpstream.Script;
import dev.jarway.runtime.UpstreamFault.Expected;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the gateway trusts no service: whatever one answers, the next request, and the other services, do not feel it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpstreamFaultsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = OK + "transfer-encoding: chunked\r\n\r\n";
    private static final String POISON = "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\npoison";
    private static final String HANDSHAKE = """
            GET /hostile/ HTTP/1.1
            host: test
            connection: upgrade
            upgrade: websocket
            sec-websocket-version: 13
            sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==

            """.replace("\n", "\r\n");
    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final int MORE_THAN_CONNECTIONS = 6;

    private final HostileUpstream upstream = new HostileUpstream();
    private GatewayFixture gateway;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        gateway = GatewayFixture.start(directory, """
                  - name: hostile
                    endpoints: [ { url: "%s" } ]
                    timeouts: { response: 1s, idle: 1s }
                routes:
                  - { name: hostile, match: { path: "/hostile/**" }, service: hostile }
                  - { name: good, match: { path: /good }, service: hostile }
                  - { name: other, match: { path: /other }, service: echo }
                """.formatted(upstream.url()));
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    static Stream<UpstreamFault> framings() {
        return Stream.of(
                invalid("two lengths", OK + "content-length: 2\r\ncontent-length: 3\r\n\r\nabc"),
                invalid("two lengths in one field", OK + "content-length: 2, 3\r\n\r\nabc"),
                invalid("a signed length", OK + "content-length: +2\r\n\r\nab"),
                invalid("a negative length", OK + "content-length: -2\r\n\r\nab"),
                invalid("a length of letters", OK + "content-length: two\r\n\r\nab"),
                invalid("an empty length", OK + "content-length:\r\n\r\nab"),
                invalid("a length beyond counting", OK + "content-length: 99999999999999999999\r\n\r\nab"),
                invalid("a hexadecimal length", OK + "content-length: 0x2\r\n\r\nab"),
                invalid("a coding that is not chunked", OK + "transfer-encoding: gzip\r\n\r\nab"),
                invalid("a coding before chunked", OK + "transfer-encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
                invalid("chunked twice", OK + "transfer-encoding: chunked, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
                invalid(
                        "chunked in two fields",
                        OK + "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
                invalid("a coding that looks like chunked", OK + "transfer-encoding: xchunked\r\n\r\n0\r\n\r\n"),
                invalid("identity", OK + "transfer-encoding: identity\r\ncontent-length: 2\r\n\r\nab"),
                invalid(
                        "a length besides chunks",
                        OK + "content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
                invalid("chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"),
                invalid("a chunk size of letters", CHUNKED + "2\r\nab\r\nxy\r\nab\r\n0\r\n\r\n"),
                invalid("a chunk size beyond counting", CHUNKED + "2\r\nab\r\nfffffffffffffffff\r\nab\r\n"),
                invalid("a negative chunk size", CHUNKED + "2\r\nab\r\n-2\r\nab\r\n0\r\n\r\n"),
                invalid("a chunk longer than its size", CHUNKED + "2\r\nabc\r\n0\r\n\r\n"),
                brokenOff(
                        "a wrong chunk size a moment later",
                        Script.then(CHUNKED + "2\r\nab\r\n", "xy\r\nab\r\n0\r\n\r\n")),
                brokenOff(
                        "a chunk extension without end",
                        Script.then(CHUNKED + "2\r\nab\r\n", "2;" + "x".repeat(100_000))),
                brokenOff(
                        "trailers without end",
                        Script.then(CHUNKED + "2\r\nab\r\n", "0\r\n" + "x-a: b\r\n".repeat(100_000))),
                brokenOff(
                        "a trailer that has its place before the body",
                        Script.then(CHUNKED + "2\r\nab\r\n", "0\r\ncontent-length: 2\r\n\r\n")),
                brokenOff("a body cut short", Script.closingAfter(OK + "content-length: 9\r\n\r\nab")),
                brokenOff("a body half closed", Script.endingAfter(OK + "content-length: 9\r\n\r\nab")),
                brokenOff("a body reset", Script.resettingAfter(OK + "content-length: 9\r\n\r\nab")),
                brokenOff("chunks cut short", Script.closingAfter(CHUNKED + "2\r\nab\r\n")),
                brokenOff("a body that stalls", Script.answering(OK + "content-length: 9\r\n\r\nab")),
                brokenOff("chunks that stall", Script.answering(CHUNKED + "2\r\nab\r\n")),
                relayedOnce("bytes after the body", Script.answering(OK + "content-length: 2\r\n\r\nabcd"), "ab"),
                relayedOnce("a second answer", Script.answering(OK + "content-length: 2\r\n\r\nab" + POISON), "ab"),
                relayedOnce(
                        "a second answer after chunks",
                        Script.answering(CHUNKED + "2\r\nab\r\n0\r\n\r\n" + POISON),
                        "ab"),
                relayedOnce("a body in answer to HEAD", Script.answering(OK + "content-length: 6\r\n\r\npoison"), "")
                        .to("HEAD", 200),
                relayedOnce(
                                "an answer in answer to HEAD",
                                Script.answering(OK + "content-length: 77\r\n\r\n" + POISON),
                                "")
                        .to("HEAD", 200),
                relayedOnce("a body of 204", Script.answering("HTTP/1.1 204 No\r\n\r\n" + POISON), "")
                        .to("GET", 204),
                relayedOnce(
                                "a length of 204",
                                Script.answering("HTTP/1.1 204 No\r\ncontent-length: 6\r\n\r\npoison"),
                                "")
                        .to("GET", 204),
                relayedOnce("a body of 304", Script.answering("HTTP/1.1 304 No\r\n\r\n" + POISON), "")
                        .to("GET", 304),
                invalid("the same length twice", OK + "content-length: 2\r\ncontent-length: 2\r\n\r\nab"),
                relayed("no length, to the end", Script.closingAfter(OK + "\r\nab"), "ab"),
                relayed(
                        "a half-closed end",
                        Script.endingAfter(OK + "connection: close\r\ncontent-length: 2\r\n\r\nab"),
                        "ab"),
                relayed(
                        "a length that Connection names",
                        Script.answering(OK + "connection: content-length\r\ncontent-length: 2\r\n\r\nab"),
                        "ab"));
    }

    static Stream<UpstreamFault> heads() {
        return Stream.of(
                invalid("no status line", "HELLO\r\n\r\n"),
                invalid("a body alone, as in HTTP/0.9", "<html>hello</html>\r\n\r\n"),
                invalid("a request", "GET / HTTP/1.1\r\nhost: a\r\n\r\n"),
                invalid("another protocol", "SSH-2.0-OpenSSH_9.2\r\n\r\n"),
                invalid("another version", "HTTP/3.0 200 OK\r\ncontent-length: 0\r\n\r\n"),
                invalid("no version", "HTTP 200 OK\r\ncontent-length: 0\r\n\r\n"),
                invalid("a status of two digits", "HTTP/1.1 99 OK\r\ncontent-length: 0\r\n\r\n"),
                invalid("a status of four digits", "HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n"),
                invalid("a status of letters", "HTTP/1.1 abc OK\r\ncontent-length: 0\r\n\r\n"),
                invalid("a negative status", "HTTP/1.1 -20 OK\r\ncontent-length: 0\r\n\r\n"),
                invalid("a switch that nobody asked for", "HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n"),
                invalid("a field without a colon", OK + "nonsense\r\ncontent-length: 0\r\n\r\n"),
                invalid("a field without a name", OK + ": x\r\ncontent-length: 0\r\n\r\n"),
                invalid("a name with a blank in it", OK + "x y: z\r\ncontent-length: 0\r\n\r\n"),
                invalid("a blank before the colon", OK + "content-length : 2\r\n\r\nab"),
                invalid("a NUL in a value", OK + "x: a\0b\r\ncontent-length: 0\r\n\r\n"),
                invalid("a CR in a value", OK + "x: a\rb\r\ncontent-length: 0\r\n\r\n"),
                invalid("a control character in a value", OK + "x: a\u0001b\r\ncontent-length: 0\r\n\r\n"),
                invalid("a field of a megabyte", OK + "x: " + "y".repeat(1_000_000) + "\r\ncontent-length: 0\r\n\r\n"),
                invalid("a megabyte of fields", OK + "x: yyyyyyyy\r\n".repeat(80_000) + "content-length: 0\r\n\r\n"),
                invalid(
                        "a status line of a megabyte",
                        "HTTP/1.1 200 " + "O".repeat(1_000_000) + "\r\ncontent-length: 0\r\n\r\n"),
                invalid("a folded field", OK + "x: a\r\n b\r\ncontent-length: 2\r\n\r\nab"),
                invalid("lines that end by LF alone", "HTTP/1.1 200 OK\ncontent-length: 2\n\nab"),
                relayed("a status beyond 599", Script.answering("HTTP/1.1 999 No\r\ncontent-length: 2\r\n\r\nab"), "ab")
                        .to("GET", 999),
                relayed("no reason", Script.answering("HTTP/1.1 200\r\ncontent-length: 2\r\n\r\nab"), "ab"),
                relayed(
                        "letters beyond ASCII in a value",
                        Script.answering(OK + "x: \u00e9\r\ncontent-length: 2\r\n\r\nab"),
                        "ab"));
    }

    static Stream<UpstreamFault> manners() {
        return Stream.of(
                refused("the end at once", Script.closingAfter(""), "UPSTREAM_BROKEN"),
                refused("a reset at once", Script.resettingAfter(""), "UPSTREAM_BROKEN"),
                refused("half a head", Script.closingAfter("HTTP/1.1 200 OK\r\nx: y"), "UPSTREAM_BROKEN"),
                refused("nothing at all", Script.answering(""), "UPSTREAM_TIMEOUT"),
                refused("a head that stalls", Script.answering("HTTP/1.1 200 OK\r\nx: "), "UPSTREAM_TIMEOUT"),
                refused(
                        "a head that drips",
                        Script.dripping("HTTP/1.1 200 OK\r\nx: " + "y".repeat(200), 50),
                        "UPSTREAM_TIMEOUT"),
                relayed(
                        "a body that drips",
                        Script.dripping(OK + "content-length: 9\r\n\r\nabcdefghi", 5),
                        "abcdefghi"),
                relayed(
                        "progress before the answer",
                        Script.answering(
                                "HTTP/1.1 102 Processing\r\nx: y\r\n\r\n" + OK + "content-length: 2\r\n\r\nab"),
                        "ab"),
                relayed(
                        "hints before the answer",
                        Script.answering(
                                "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + OK + "content-length: 2\r\n\r\nab"),
                        "ab"),
                relayed(
                                "hints before the answer to HEAD",
                                Script.answering("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n" + OK
                                        + "content-length: 2\r\n\r\n"),
                                "")
                        .to("HEAD", 200));
    }

    @ParameterizedTest
    @MethodSource({"framings", "heads", "manners"})
    void givesABadAnswerNoWayToAnybodyElse(UpstreamFault fault) throws Exception {
        upstream.behave(fault.script());

        switch (fault.expected()) {
            case REFUSED -> assertRefused(fault);
            case BROKEN_OFF ->
                assertThatThrownBy(() -> gateway.get("/hostile/")).hasCauseInstanceOf(IOException.class);
            case RELAYED, RELAYED_ONCE -> assertRelayed(fault);
        }

        for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
            assertThat(gateway.get("/good").body()).isEqualTo("good");
        }
        assertThat(gateway.get("/other").statusCode()).isEqualTo(200);
        if (fault.expected() != Expected.RELAYED) {
            await().atMost(PATIENCE).until(() -> upstream.suspects() == 0);
        }
    }

    @Test
    void closesAConnectionOnWhichAnAnswerComesThatNobodyHasAskedFor() throws Exception {
        upstream.behave(Script.then(OK + "content-length: 2\r\n\r\nab", POISON));

        assertThat(gateway.get("/hostile/").body()).isEqualTo("ab");

        await().atMost(PATIENCE).until(() -> upstream.suspects() == 0);
        assertThat(gateway.get("/good").body()).isEqualTo("good");
    }

    @Test
    void doesNotPassOnProvisionalAnswersWithoutEnd() throws Exception {
        upstream.behave(Script.answering("HTTP/1.1 102 Processing\r\n\r\n".repeat(100_000)));

        try (RawExchange client = new RawExchange(gateway.port())) {
            client.send("GET /hostile/ HTTP/1.1\r\nhost: test\r\n\r\n");
            assertThat(client.answer(false).status()).isEqualTo(502);
        }

        assertThat(gateway.get("/good").body()).isEqualTo("good");
        await().atMost(PATIENCE).until(() -> upstream.suspects() == 0);
    }

    @Test
    void losesNoConnectionToAServiceThatWantsNoWebSocket() throws Exception {
        upstream.behave(Script.answering("HTTP/1.1 404 No\r\ncontent-length: 2\r\n\r\nno"));

        for (int i = 0; i < MORE_THAN_CONNECTIONS; i++) {
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send(HANDSHAKE);
                assertThat(client.answer(false).status()).isEqualTo(404);
            }
        }

        await().atMost(PATIENCE).until(() -> upstream.suspects() == 0);
    }

    @Test
    void tunnelsNothingToAServiceThatDoesNotSpeakWebSocket() throws Exception {
        String switched = "HTTP/1.1 101 Switching Protocols\r\n";
        for (String answer : List.of(
                switched + "\r\n",
                switched + "connection: upgrade\r\nupgrade: websocket\r\n\r\n",
                switched + "connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-accept: x\r\n\r\n",
                switched + "connection: upgrade\r\nupgrade: h2c\r\nsec-websocket-accept: " + ACCEPT + "\r\n\r\n",
                switched + "upgrade: websocket\r\nsec-websocket-accept: " + ACCEPT + "\r\n\r\n")) {
            upstream.behave(Script.answering(answer));
            try (RawExchange client = new RawExchange(gateway.port())) {
                client.send(HANDSHAKE);
                assertThat(client.answer(false).body()).as(answer).contains("UPSTREAM_INVALID");
            }
        }

        await().atMost(PATIENCE).until(() -> upstream.suspects() == 0);
    }

    @Test
    void hasNothingLeftWhenAllIsOver() {
        assertThat(gateway.status()).contains("\"onEarlierRevisions\" : 0");
    }

    private void assertRefused(UpstreamFault fault) {
        var answer = gateway.get("/hostile/");
        assertThat(answer.body()).contains("\"code\":\"" + fault.code() + "\"");
        assertThat(answer.statusCode()).isEqualTo(fault.status());
    }

    private void assertRelayed(UpstreamFault fault) throws IOException {
        if (fault.method().equals("GET") && fault.status() == 200) {
            assertThat(gateway.get("/hostile/").body()).isEqualTo(fault.code());
            return;
        }
        try (RawExchange client = new RawExchange(gateway.port())) {
            client.send(fault.method() + " /hostile/ HTTP/1.1\r\nhost: test\r\n\r\n");
            var answer = client.answer(fault.method().equals("HEAD"));
            assertThat(answer.status()).isEqualTo(fault.status());
            assertThat(answer.body()).isEqualTo(fault.code());
            assertThat(client.hasMore()).isFalse();
        }
    }
}
