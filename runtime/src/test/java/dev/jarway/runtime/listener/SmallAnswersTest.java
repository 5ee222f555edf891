package dev.jarway.runtime.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.exchange.HeadOctets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallAnswersTest {
    private static final int LARGEST = 4 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {1, 1000, LARGEST})
    void makesOnePieceOfHeadAndBody(int length) {
        List<String> pieces = pieces(connection(), answer("200", length));

        assertThat(pieces).hasSize(1);
        assertThat(pieces).isEqualTo(List.of(String.join("", pieces(encoder(), answer("200", length)))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "404", "206", "503", "299 Of Its Own"})
    void writesEachStatusAsTheEncoderDoes(String status) {
        assertThat(text(connection(), answer(status, 7))).isEqualTo(text(encoder(), answer(status, 7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"204", "205", "304"})
    void leavesWhatEndsWithItsHeadToTheEncoder(String status) {
        assertThat(text(connection(), answer(status, 7)))
                .isEqualTo(text(encoder(), answer(status, 7)))
                .doesNotContain("xxxxxxx");
    }

    @Test
    void leavesLargeBodiesInTheirPlace() {
        assertThat(pieces(connection(), answer("200", LARGEST + 1))).hasSize(2);
    }

    @Test
    void leavesChunksToTheEncoder() {
        FullHttpResponse chunked = answer("200", 7);
        chunked.headers().remove(HttpHeaderNames.CONTENT_LENGTH).set(HttpHeaderNames.TRANSFER_ENCODING, "chunked");

        assertThat(text(connection(), chunked)).endsWith("\r\n\r\n7\r\nxxxxxxx\r\n0\r\n\r\n");
    }

    @Test
    void leavesConnectionsToTheEncoderOnWhichAHeadAloneIsAskedFor() {
        EmbeddedChannel connection = connection();
        connection.writeInbound(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.HEAD, "/"));

        assertThat(pieces(connection, answer("200", 1000))).hasSize(2);
    }

    @Test
    void writesFieldsAsTheEncoderDoes() {
        for (CharSequence value : List.of("text", new AsciiString("octets"), "\u00e4\u00ff", "", "x".repeat(20_000))) {
            FullHttpResponse one = answer("200", 7);
            FullHttpResponse other = answer("200", 7);
            one.headers().add("x-one", value);
            other.headers().add("x-one", value);

            assertThat(text(connection(), one)).isEqualTo(text(encoder(), other));
        }
    }

    @Test
    void letsNoCharacterBeyondOctetsBecomeOneThatEndsALine() {
        HeadOctets octets = new HeadOctets();
        octets.put("\u010a\u010d");
        ByteBuf written = octets.to(Unpooled.buffer());

        assertThat(written.toString(ISO_8859_1)).isEqualTo("??");
    }

    @Test
    void givesBackWhatItHasTakenAndTellsWhenItIsSent() {
        EmbeddedChannel connection = connection();
        FullHttpResponse answer = answer("200", 7);
        ChannelFuture sent = connection.writeAndFlush(answer);

        assertThat(sent.isSuccess()).isTrue();
        assertThat(answer.refCnt()).isZero();
        connection.releaseOutbound();
    }

    private static FullHttpResponse answer(String status, int length) {
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.parseLine(status),
                Unpooled.copiedBuffer("x".repeat(length), ISO_8859_1));
        answer.headers().set("Server", "one").set(HttpHeaderNames.CONTENT_LENGTH, length);
        return answer;
    }

    private static EmbeddedChannel encoder() {
        EmbeddedChannel connection = new EmbeddedChannel();
        connection.pipeline().addLast("encoder", new HttpResponseEncoder());
        return connection;
    }

    private static EmbeddedChannel connection() {
        EmbeddedChannel connection = encoder();
        SmallAnswers.place(connection.pipeline(), "encoder");
        return connection;
    }

    private static String text(EmbeddedChannel connection, FullHttpResponse answer) {
        return String.join("", pieces(connection, answer));
    }

    private static List<String> pieces(EmbeddedChannel connection, FullHttpResponse answer) {
        connection.writeOutbound(answer);
        List<String> pieces = new ArrayList<>();
        while (connection.readOutbound() instanceof ByteBuf piece) {
            pieces.add(piece.toString(ISO_8859_1));
            piece.release();
        }
        return pieces;
    }
}
