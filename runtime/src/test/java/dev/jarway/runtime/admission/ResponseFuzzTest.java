package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jarway.runtime.failure.GatewayFailure;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Octets of all sorts where a response is expected: what is let through is one answer to one request, and the parser behind the
 * scan, and a reader that goes by the letter, find the same in it.
 */
class ResponseFuzzTest {

    @FuzzTest(maxDuration = "60s")
    @DictionaryEntries({
        "HTTP/1.1 200 OK",
        "HTTP/1.1 100 Continue",
        "HTTP/1.1 204 No Content",
        "HTTP/1.1 304 ",
        "HTTP/1.1 101 ",
        "HTTP/1.0 200 ",
        "Content-Length: ",
        "Transfer-Encoding: chunked"
    })
    void letsThroughOneAnswer(byte[] octets) {
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD}) {
            boolean toHead = method.equals(HttpMethod.HEAD);
            Seen bitByBit = bitByBit(octets, method);
            ResponseScan scan = new ResponseScan(ResponseGuard.LIMITS);
            scan.expect(toHead);
            assertThat(refusal(scan, octets, 0, octets.length)).isEqualTo(bitByBit.refusal);
            if (bitByBit.over >= 0) {
                assertThat(scan.state()).isEqualTo(WireScan.State.OVER);
                assertThat(scan.begin()).as("where the answer ends").isEqualTo(bitByBit.over);
            }
        }
    }

    /**
     * What the scan has said.
     *
     * @param over where the answer ends; -1 if it does not
     */
    private record Seen(@Nullable String refusal, int over) {}

    private static Seen bitByBit(byte[] octets, HttpMethod method) {
        ResponseScan scan = new ResponseScan(ResponseGuard.LIMITS);
        boolean toHead = method.equals(HttpMethod.HEAD);
        EmbeddedChannel parser = new EmbeddedChannel(new HttpClientCodec(130_000, 130_000, 8192));
        try {
            parser.writeOutbound(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "/"));
            Parsed parsed = new Parsed(parser);
            scan.expect(toHead);
            int begin = 0;
            for (int at = 0; at < octets.length; at++) {
                String refusal = refusal(scan, octets, at, at + 1);
                if (refusal != null) {
                    return new Seen(refusal, -1);
                }
                boolean end = scan.state() == WireScan.State.IDLE || scan.state() == WireScan.State.OVER;
                if (!parsed.stricter && parsed.endsWith(octets, at) != end && !parsed.stricter) {
                    throw new AssertionError("at " + at + " the scan sees " + (end ? "an end" : "none")
                            + ", the parser " + (end ? "none" : "one"));
                }
                if (end && !parsed.stricter) {
                    String message = new String(octets, begin, at + 1 - begin, StandardCharsets.ISO_8859_1);
                    assertThat(parsed.parts.whole()).isEqualTo(PlainMessage.response(message, toHead));
                    parsed.parts = new PlainMessage.Parts();
                    begin = at + 1;
                }
                if (scan.state() == WireScan.State.OVER) {
                    return new Seen(null, at + 1);
                }
            }
            return new Seen(null, -1);
        } finally {
            parser.finishAndReleaseAll();
        }
    }

    private static @Nullable String refusal(ResponseScan scan, byte[] octets, int from, int to) {
        try {
            scan.look(Unpooled.wrappedBuffer(octets).readerIndex(from).writerIndex(to));
            return null;
        } catch (GatewayFailure failure) {
            return failure.detail();
        }
    }

    /** The parser, and what it has read. */
    private static final class Parsed {
        private final EmbeddedChannel parser;
        private PlainMessage.Parts parts = new PlainMessage.Parts();
        private boolean stricter;
        private boolean switched;

        Parsed(EmbeddedChannel parser) {
            this.parser = parser;
        }

        /** Whether a response ends with that octet. */
        boolean endsWith(byte[] octets, int at) {
            boolean end = false;
            parser.writeInbound(Unpooled.wrappedBuffer(octets, at, 1));
            for (HttpObject part = parser.readInbound(); part != null; part = parser.readInbound()) {
                stricter |= part.decoderResult().isFailure(); // Which is safe as well.
                if (!stricter && !switched) {
                    assertThat(end).as("a part behind the last").isFalse();
                    parts.add(part);
                }
                // Behind a change of protocols there is nothing to read for it.
                switched |= part instanceof HttpResponse response
                        && response.status().code() == 101;
                end = switched || part instanceof LastHttpContent;
                ReferenceCountUtil.release(part);
            }
            return end;
        }
    }
}
