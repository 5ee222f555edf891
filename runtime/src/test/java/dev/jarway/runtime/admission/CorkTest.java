package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

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
        Cork.placeBehind(connection.pipeline(), "parser");
    }

    @Test
    void sendsTogetherWhatIsWrittenInOneTurn() {
        send("a");
        send("b");
        endTurn();
        send("c");
        endTurn();

        assertThat(sent).containsExactly("a", "b", "flush", "c", "flush");
    }

    @Test
    void sendsNothingWhereNothingWasToBeSent() {
        var unused = connection.pipeline().write("a");
        endTurn();

        assertThat(sent).containsExactly("a");
    }

    @Test
    void sendsAtOnceWhatTheConnectionHasNoRoomFor() {
        send("a");
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        send("b");
        endTurn();

        assertThat(sent).containsExactly("a", "b", "flush");
    }

    @Test
    void sendsAtOnceWhatIsWrittenWhileTheConnectionIsRead() {
        connection.pipeline().addLast(new ChannelDuplexHandler() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                send(message + "!");
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext context) {
                send("at the end");
            }
        });

        connection.pipeline().fireChannelRead("a").fireChannelReadComplete();

        assertThat(sent).containsExactly("a!", "at the end", "flush");
        endTurn();
        assertThat(sent).hasSize(3);
    }

    @Test
    void sendsWhatWasWrittenBeforeTheConnectionIsClosed() {
        send("a");
        var unused = connection.pipeline().close();

        assertThat(sent).containsExactly("a", "flush", "close");
    }

    @Test
    void sendsWhatWasWrittenWhenItIsTakenOut() {
        send("a");
        connection.pipeline().remove(Cork.class);
        send("b");
        endTurn();

        assertThat(sent).containsExactly("a", "flush", "b", "flush");
    }

    @Test
    void sendsAtOnceWhatItIsPulledFor() {
        send("a");
        Cork.pull(connection.pipeline());
        Cork.pull(connection.pipeline());
        endTurn();

        assertThat(sent).containsExactly("a", "flush");
    }

    @Test
    void leavesAloneWhatIsWrittenNearerToTheConnection() {
        var unused = connection.pipeline().context("parser").writeAndFlush("a");

        assertThat(sent).containsExactly("a", "flush");
    }

    @Test
    void standsBeforeAHandlerWhereThatIsAskedFor() {
        connection.pipeline().remove(Cork.class);
        Cork.placeBefore(connection.pipeline(), connection.pipeline().get("parser"));

        var unused = connection.pipeline().context("parser").writeAndFlush("a");

        assertThat(sent).containsExactly("a");
        endTurn();
        assertThat(sent).containsExactly("a", "flush");
    }

    private void send(String piece) {
        var unused = connection.pipeline().writeAndFlush(piece); // The channel itself would end the turn.
    }

    private void endTurn() {
        connection.runPendingTasks();
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

        @Override
        public void close(ChannelHandlerContext context, ChannelPromise promise) {
            sent.add("close");
        }
    }
}
