package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CorkTest {
    private final List<String> sent = new ArrayList<>();
    private final EmbeddedChannel connection = new EmbeddedChannel();

    CorkTest() {
        connection.pipeline().addLast(new Recorder()).addLast("parser", new ChannelDuplexHandler());
    }

    @Test
    void sendsTogetherWhatIsWrittenInOneGo() {
        Cork.place(connection.pipeline(), "parser");

        Cork.during(connection, () -> {
            send("a");
            send("b");
        });

        assertThat(sent).containsExactly("a", "b", "flush");
    }

    @Test
    void sendsEachWriteByItselfOtherwise() {
        Cork.place(connection.pipeline(), "parser");
        Cork.during(connection, () -> send("a"));

        send("b");
        send("c");

        assertThat(sent).containsExactly("a", "flush", "b", "flush", "c", "flush");
    }

    @Test
    void sendsNothingWhereNothingWasToBeSent() {
        Cork.place(connection.pipeline(), "parser");

        Cork.during(connection, () -> {
            var unused = connection.write("a");
        });

        assertThat(sent).containsExactly("a");
    }

    @Test
    void sendsWhatWasWrittenBeforeAFailure() {
        Cork.place(connection.pipeline(), "parser");

        assertThatIllegalStateException()
                .isThrownBy(() -> Cork.during(connection, () -> {
                    send("a");
                    throw new IllegalStateException("in between");
                }));

        assertThat(sent).containsExactly("a", "flush");
    }

    @Test
    void staysInUntilTheOutermostIsDone() {
        Cork.place(connection.pipeline(), "parser");

        Cork.during(connection, () -> {
            Cork.during(connection, () -> send("a"));
            send("b");
        });

        assertThat(sent).containsExactly("a", "b", "flush");
    }

    @Test
    void sendsWhatWasWrittenWhenItIsTakenOut() {
        Cork.place(connection.pipeline(), "parser");

        Cork.during(connection, () -> {
            send("a");
            connection.pipeline().remove(Cork.class);
            send("b");
        });

        assertThat(sent).containsExactly("a", "flush", "b", "flush");
    }

    @Test
    void isNotMissedWhereThereIsNone() {
        Cork.during(connection, () -> send("a"));

        assertThat(sent).containsExactly("a", "flush");
    }

    private void send(String piece) {
        var unused = connection.writeAndFlush(piece);
    }

    private final class Recorder extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            sent.add((String) message);
            promise.setSuccess();
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            sent.add("flush");
        }
    }
}
