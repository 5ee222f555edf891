package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.FieldsConfig;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * The scan and the parser behind it, on requests that have been damaged at random: of all that the scan lets through, the parser
 * has to see the end at the same octet. Where they did not agree a request could be smuggled.
 */
class WireAgreementTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    private static final List<String> WHOLE = List.of(
            "GET /a?b HTTP/1.1\r\nHost: h\r\n\r\nGET /c HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: h\r\n\r\n",
            "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"
                    + GET,
            "GET /ws HTTP/1.1\r\nHost: h\r\nSec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2\r\n\r\n01234567" + GET,
            "POST / HTTP/1.0\r\nHost: h\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\n0\r\nGET / HTTP/1.1\r\n\r\n");

    private static final String[] PIECES = {
        "\r",
        "\n",
        "\r\n",
        " ",
        "\t",
        ":",
        ";",
        ",",
        "0",
        "5",
        "\0",
        "\u000b",
        "\u0080",
        "chunked",
        "Content-Length: 3\r\n",
        "Transfer-Encoding: chunked\r\n",
        "\r\n\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Connection: upgrade\r\n",
        "1\r\n"
    };

    private static final int ROUNDS = 3000;

    @Test
    void agreesWithTheParserOnWhereARequestEnds() {
        Random random = new Random(20_260);
        int passed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = damaged(WHOLE.get(round % WHOLE.size()), random);
            passed += agree(text) ? 1 : 0;
        }
        assertThat(passed).as("not all are refused").isGreaterThan(ROUNDS / 20);
    }

    private static String damaged(String whole, Random random) {
        StringBuilder text = new StringBuilder(whole);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setCharAt(at, (char) random.nextInt(256));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(20))));
            }
        }
        return text.toString();
    }

    /** Whether the scan let it through to the end. */
    private static boolean agree(String text) {
        RequestScan scan = new RequestScan(
                new Door(PathsConfig.STRICT, FieldsConfig.STANDARD, LimitsConfig.STANDARD, new LimitCounts("test")));
        EmbeddedChannel parser = new EmbeddedChannel(new VertxHttpRequestDecoder(new Http1ServerConfig()));
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        boolean head = false;
        int scanned = 0;
        int parsed = 0;
        try {
            for (byte octet : octets) {
                try {
                    scan.look(Unpooled.wrappedBuffer(new byte[] {octet}));
                } catch (GatewayFailure refused) {
                    return false;
                }
                head |= scan.state() != WireScan.State.IDLE && scan.state() != WireScan.State.FIRST_LINE;
                if (head && scan.state() == WireScan.State.IDLE) {
                    head = false;
                    scanned++;
                }
                parser.writeInbound(Unpooled.wrappedBuffer(new byte[] {octet}));
                for (HttpObject object = parser.readInbound(); object != null; object = parser.readInbound()) {
                    if (object.decoderResult().isFailure()) {
                        return false; // Stricter than the scan is safe as well.
                    }
                    parsed += object instanceof LastHttpContent ? 1 : 0;
                    ReferenceCountUtil.release(object);
                }
                assertThat(parsed).as(text).isEqualTo(scanned);
            }
            return true;
        } finally {
            parser.finishAndReleaseAll();
        }
    }
}
