package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
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
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Octets of all sorts where requests are expected: what is let through has one meaning. The parser behind the scan, and a reader
 * that goes by the letter, find the same requests in it, ended at the same octets; and nothing depends on how it is cut up.
 */
class RequestFuzzTest {
    private static final Door DOOR = door(LimitsConfig.STANDARD);
    private static final LimitsConfig FEW = new LimitsConfig(
            64,
            256,
            4,
            0,
            16,
            8,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            1,
            1,
            0,
            10,
            10);
    private static final Door NARROW = door(FEW);

    @FuzzTest(maxDuration = "60s")
    @DictionaryEntries({
        "Content-Length: ",
        "Transfer-Encoding: chunked",
        "Sec-WebSocket-Key1: ",
        "Connection: upgrade",
        "Trailer: ",
        "Host: h",
        " HTTP/1.1",
        " HTTP/1.0"
    })
    void letsThroughWhatHasOneMeaning(byte[] octets) {
        Look bitByBit = agreedOn(octets);

        for (int step : new int[] {2 + Math.floorMod(Arrays.hashCode(octets), 30), octets.length + 1}) {
            Look look = new Look(DOOR);
            for (int at = 0; at < octets.length; at += step) {
                look.at(octets, at, Math.min(octets.length, at + step));
            }
            assertThat(look.refusal).as("in steps of %d", step).isEqualTo(bitByBit.refusal);
            assertThat(look.begin).as("in steps of %d", step).isEqualTo(bitByBit.begin);
        }
    }

    /** With few octets allowed, too, so that limits are reached: what is let through then would be without them. */
    private static Look agreedOn(byte[] octets) {
        EmbeddedChannel parser = new EmbeddedChannel(new VertxHttpRequestDecoder(
                new Http1ServerConfig().setMaxInitialLineLength(10_000).setMaxHeaderSize(20_000)));
        Look look = new Look(DOOR);
        Look narrow = new Look(NARROW);
        try {
            Agreement agreement = new Agreement(parser, octets);
            for (int at = 0; at < octets.length && look.refusal == null; at++) {
                look.at(octets, at, at + 1);
                narrow.at(octets, at, at + 1);
                if (narrow.refusal == null) {
                    assertThat(look.refusal).as("beyond limits that let it in").isNull();
                }
                if (look.refusal == null) {
                    agreement.at(at, look.ended);
                }
            }
            return look;
        } finally {
            parser.finishAndReleaseAll();
        }
    }

    private static Door door(LimitsConfig limits) {
        return new Door(PathsConfig.STRICT, FieldsConfig.STANDARD, limits, new LimitCounts("fuzz"));
    }

    /** A scan, and what it has said so far. */
    private static final class Look {
        private final RequestScan scan;
        private @Nullable String refusal;
        private int begin;
        private boolean headSeen;
        private boolean ended;

        Look(Door door) {
            this.scan = new RequestScan(door);
        }

        void at(byte[] octets, int from, int to) {
            if (refusal != null) {
                return;
            }
            try {
                scan.look(Unpooled.wrappedBuffer(octets).readerIndex(from).writerIndex(to));
            } catch (GatewayFailure failure) {
                refusal = failure.detail();
            }
            if (scan.begin() >= from) {
                begin = scan.begin();
            }
            boolean inMessage = scan.state() != WireScan.State.IDLE && scan.state() != WireScan.State.FIRST_LINE;
            ended = headSeen && scan.state() == WireScan.State.IDLE;
            headSeen = inMessage;
        }
    }

    /** The parser, which is to end each request where the scan does, and to have read what stands there. */
    private static final class Agreement {
        private final EmbeddedChannel parser;
        private final byte[] octets;
        private PlainMessage.Parts parts = new PlainMessage.Parts();
        private int begin;
        private boolean stricter;

        Agreement(EmbeddedChannel parser, byte[] octets) {
            this.parser = parser;
            this.octets = octets;
        }

        /** Takes one octet, behind which a request ends or not. */
        void at(int at, boolean end) {
            if (stricter) {
                return;
            }
            boolean parsed = false;
            parser.writeInbound(Unpooled.wrappedBuffer(octets, at, 1));
            for (HttpObject part = parser.readInbound(); part != null; part = parser.readInbound()) {
                if (part.decoderResult().isFailure()) {
                    stricter = true; // Which is safe as well.
                }
                assertThat(parsed).as("a part behind the last").isFalse();
                parts.add(part);
                parsed = part instanceof LastHttpContent;
                ReferenceCountUtil.release(part);
            }
            if (stricter) {
                return;
            }
            assertThat(parsed).as("the parser sees an end at %d", at).isEqualTo(end);
            if (end) {
                String message = new String(octets, begin, at + 1 - begin, StandardCharsets.ISO_8859_1);
                assertThat(parts.whole()).isEqualTo(PlainMessage.request(message));
                parts = new PlainMessage.Parts();
                begin = at + 1;
            }
        }
    }
}
