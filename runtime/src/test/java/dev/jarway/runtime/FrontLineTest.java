package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The corpus of the front line: octets in, octets out. What comes in once goes out once at most, with the same framing; or it is
 * refused, and nothing goes out. After each request that is let in, another follows on the same connection: if the gateway had
 * seen the end of the first elsewhere, that one would not arrive as it was sent.
 */
class FrontLineTest {
    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: next\r\n\r\n";
    private static final Pattern NAME =
            Pattern.compile("`((?:requests|targets|fields|hosts|lengths|chunks|http2)/[a-z0-9-]+)`");
    private static final RecordingUpstream UPSTREAM = new RecordingUpstream();

    @TempDir
    static Path directory;

    private static GatewayFixture gateway;

    @BeforeAll
    static void open() throws Exception {
        gateway = GatewayFixture.start(
                directory.resolve("g"),
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c] }]\n",
                "  - { name: recorder, endpoints: [{ url: \"" + UPSTREAM.url() + "\" }] }\n"
                        + "routes:\n"
                        + "  - { name: asked, match: { query: { never: asked } }, service: gone }\n"
                        + "  - { name: all, service: recorder }\n");
    }

    @AfterAll
    static void shut() {
        gateway.close();
        UPSTREAM.close();
    }

    /** Whole requests, written out. */
    @TestFactory
    Stream<DynamicTest> requests() {
        return tests(FrontLineCase.blocks("requests"), FrontLineCase::octets);
    }

    /** Targets of a GET. */
    @TestFactory
    Stream<DynamicTest> targets() {
        return tests(
                FrontLineCase.table("targets"),
                one -> FrontLineCase.octets("GET " + one.input() + " HTTP/1.1\\r\\nHost: h\\r\\n\\r\\n"));
    }

    /** A line among the fields of a GET. */
    @TestFactory
    Stream<DynamicTest> fields() {
        return tests(
                FrontLineCase.table("fields"),
                one -> FrontLineCase.octets(
                        "GET / HTTP/1.1\\r\\nHost: h\\r\\n" + one.input() + "\\r\\nX-Last: 1\\r\\n\\r\\n"));
    }

    /** Values of the host field. */
    @TestFactory
    Stream<DynamicTest> hosts() {
        return tests(
                FrontLineCase.table("hosts"),
                one -> FrontLineCase.octets("GET / HTTP/1.1\\r\\nHost: " + one.input() + "\\r\\n\\r\\n"));
    }

    /** Fields that say how long the body is, before a body that is a chunked "hello", or a GET to a place of its own. */
    @TestFactory
    Stream<DynamicTest> lengths() {
        return tests(
                FrontLineCase.table("lengths"),
                one -> FrontLineCase.octets("POST / HTTP/1.1\\r\\nHost: h\\r\\n"
                        + one.input().replace(" // ", "\\r\\n") + "\\r\\n\\r\\n" + "5\\r\\nhello\\r\\n0\\r\\n\\r\\n"));
    }

    /** Bodies in chunks. */
    @TestFactory
    Stream<DynamicTest> chunks() {
        return tests(
                FrontLineCase.table("chunks"),
                one -> FrontLineCase.octets(
                        "POST / HTTP/1.1\\r\\nHost: h\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n" + one.input()));
    }

    /** Messages of HTTP/2. */
    @TestFactory
    Stream<DynamicTest> http2() {
        return FrontLineCase.blocks("http2").stream()
                .map(one -> dynamicTest(one.name(), () -> Http2Case.of(one).run(gateway.port(), UPSTREAM)));
    }

    @Test
    void isLargeEnough() {
        assertThat(all()).hasSizeGreaterThanOrEqualTo(250);
        assertThat(all().stream().map(FrontLineCase::name)).doesNotHaveDuplicates();
    }

    @Test
    void provesWhatTheListOfObligationsNames() throws IOException {
        String list = Files.readString(Path.of("..", "docs", "internals", "rfc-musts.md"));
        Set<String> known = new HashSet<>();
        all().forEach(one -> known.add(one.name()));

        List<String> named =
                NAME.matcher(list).results().map(found -> found.group(1)).toList();

        assertThat(named).hasSizeGreaterThan(60);
        assertThat(known).containsAll(named);
    }

    private static List<FrontLineCase> all() {
        List<FrontLineCase> all = new ArrayList<>(FrontLineCase.blocks("requests"));
        List.of("targets", "fields", "hosts", "lengths", "chunks")
                .forEach(file -> all.addAll(FrontLineCase.table(file)));
        all.addAll(FrontLineCase.blocks("http2"));
        return all;
    }

    private static Stream<DynamicTest> tests(List<FrontLineCase> cases, Function<FrontLineCase, byte[]> octets) {
        return cases.stream().map(one -> dynamicTest(one.name(), () -> run(octets.apply(one), one.expected())));
    }

    private static void run(byte[] octets, String expected) throws IOException {
        UPSTREAM.forget();
        Expected outcome = Expected.parse(expected);
        try (RawExchange client = new RawExchange(gateway.port())) {
            client.send(octets);
            for (Expected.Answer wanted : outcome.answers()) {
                RawExchange.Answer answer = client.answer(wanted.toHead());
                assertThat(answer.status()).as(answer.toString()).isEqualTo(wanted.status());
            }
            if (outcome.ends()) {
                assertThat(client.isClosed()).as("closed").isTrue();
            } else {
                client.send(NEXT.getBytes(StandardCharsets.US_ASCII));
                assertThat(client.answer(false).status()).isEqualTo(200);
            }
        }
        outcome.check(UPSTREAM);
    }
}
