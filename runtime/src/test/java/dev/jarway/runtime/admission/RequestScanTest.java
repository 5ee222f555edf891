package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.config.FieldsConfig;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.PathsConfig;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestScanTest {
    private static final String REQUESTS = String.join(
            "",
            "POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n",
            "5;x=y\r\nhello\r\n10\r\n0123456789abcdef\r\n0\r\nX-T: 1\r\n\r\n",
            "\r\nPOST /b HTTP/1.1\r\nContent-Length: 3\r\nHost: h\r\n\r\nabc",
            "GET /c HTTP/1.0\r\nHost: h\r\n\r\n");

    @Test
    void findsTheEndOfEachMessageHoweverItIsCutUp() {
        for (int size = 1; size < REQUESTS.length(); size++) {
            RequestScan scan = scan();
            for (int at = 0; at < REQUESTS.length(); at += size) {
                scan.look(bytes(REQUESTS.substring(at, Math.min(REQUESTS.length(), at + size))));
            }
            assertThat(scan.state()).isEqualTo(WireScan.State.IDLE);
        }
    }

    @Test
    void findsTheEndOfAHeadThatIsLongerThanWhatIsLookedAtAtATime() {
        for (int length = 2000; length < 2100; length++) {
            String value = "x".repeat(length);
            RequestScan scan = scan();
            scan.look(bytes(
                    "GET /a HTTP/1.1\r\nHost: h\r\nX: " + value + "\r\nY: " + value + "\r\nZ: " + value + "\r\n"));
            assertThat(scan.isInHead()).isTrue();

            scan.look(bytes("\r\nGET /b HTTP/1.1\r\nHost: h\r\n\r\n"));

            assertThat(scan.state()).isEqualTo(WireScan.State.IDLE);
        }
    }

    @Test
    void refusesWhatIsWrongBehindThat() {
        for (int length = 2000; length < 2100; length++) {
            String value = "x".repeat(length);
            RequestScan scan = scan();
            assertThatThrownBy(() -> scan.look(bytes("GET /a HTTP/1.1\r\nHost: h\r\nX: " + value + "\nY: 1\r\n\r\n")))
                    .as("%s octets", length)
                    .hasMessageContaining("ended by LF alone");
        }
    }

    @Test
    void findsWhatIsWrongHoweverItIsCutUp() {
        String wrong = REQUESTS + "GET / HTTP/1.1\r\nHost: h\r\nX: 1\r\n 2\r\n\r\n";
        for (int size = 1; size < wrong.length(); size++) {
            RequestScan scan = scan();
            int step = size;
            assertThatThrownBy(() -> {
                        for (int at = 0; at < wrong.length(); at += step) {
                            scan.look(bytes(wrong.substring(at, Math.min(wrong.length(), at + step))));
                        }
                    })
                    .isInstanceOf(GatewayFailure.class)
                    .hasMessageContaining("goes on from the line before");
        }
    }

    @Test
    void refusesNamesThatTheParserTakesForOthers() {
        for (String name : new String[] {"Content-Nength", "content-xength", "Content-0ype", "content-lype"}) {
            RequestScan scan = scan();
            assertThatThrownBy(() -> scan.look(bytes("POST / HTTP/1.1\r\nHost: h\r\n" + name + ": 35\r\n\r\n")))
                    .as(name)
                    .hasMessageContaining("one letter from content-");
            RequestScan trailing = scan();
            String chunks = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
            assertThatThrownBy(() -> trailing.look(bytes(chunks + name + ": 35\r\n\r\n")))
                    .as("trailer %s", name)
                    .hasMessageContaining("one letter from content-");
        }
        RequestScan scan = scan();
        scan.look(bytes("POST / HTTP/1.1\r\nContent-Type: a/b\r\ncontent-lenght: 3\r\nCONTENT-LENGTH: 0\r\n\r\n"));
        assertThat(scan.state()).isEqualTo(WireScan.State.IDLE);
    }

    @Test
    void saysWhereTheMessageBeginsThatIsWrong() {
        RequestScan scan = scan();
        ByteBuf all = bytes(REQUESTS + "GET  / HTTP/1.1\r\n");

        assertThatThrownBy(() -> scan.look(all)).isInstanceOf(GatewayFailure.class);

        assertThat(scan.begin()).isEqualTo(REQUESTS.length());
    }

    @Test
    void keepsNoMoreThanTheLimitOfALineThatDoesNotEnd() {
        RequestScan scan = scan();
        scan.look(bytes("GET /"));

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        scan.look(bytes("a".repeat(100)));
                    }
                })
                .hasMessageContaining("limits.requestLine");
    }

    @Test
    void knowsWhatIsStillToCome() {
        RequestScan scan = scan();
        scan.look(bytes("POST / HTTP/1.1\r\nHost"));
        assertThat(scan.isInHead()).isTrue();
        scan.look(bytes(": h\r\nContent-Length: 2\r\n\r\n"));
        assertThat(scan.isInBody()).isTrue();
        scan.look(bytes("ab"));
        assertThat(scan.state()).isEqualTo(WireScan.State.IDLE);
    }

    private static RequestScan scan() {
        return new RequestScan(
                new Door(PathsConfig.STRICT, FieldsConfig.STANDARD, LimitsConfig.STANDARD, new LimitCounts("test")));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
