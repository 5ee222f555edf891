package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Connection;
import io.netty.handler.codec.http2.DefaultHttp2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OrderlyFlowTest {
    private final List<String> steps = new ArrayList<>();
    private final Queue<Reaction> toTelling = new ArrayDeque<>();
    private final Queue<Reaction> toFlush = new ArrayDeque<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new Flushes(), new ChannelInboundHandlerAdapter());
    private final OrderlyFlow flow = new OrderlyFlow(new RecordedFlow());

    /** What somebody does when something happens. */
    private interface Reaction {
        void take() throws Http2Exception;
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void writesAndFlushesWhenAllHaveBeenTold() throws Exception {
        toTelling.add(() -> {
            flow.writePendingBytes();
            steps.add("goes on telling");
        });

        flow.channelWritabilityChanged();

        assertThat(steps).containsExactly("tell", "goes on telling", "write", "flush");
    }

    @Test
    void tellsAnewWhenAllHaveBeenTold() throws Exception {
        toTelling.add(() -> {
            flow.channelWritabilityChanged();
            steps.add("goes on telling");
        });

        flow.channelWritabilityChanged();

        assertThat(steps).containsExactly("tell", "goes on telling", "tell", "write", "flush");
    }

    @Test
    void beginsAnewWhenTheFlushMakesRoom() throws Exception {
        toTelling.add(flow::writePendingBytes);
        toFlush.add(flow::channelWritabilityChanged);

        flow.channelWritabilityChanged();

        assertThat(steps).containsExactly("tell", "write", "flush", "tell", "write", "flush");
    }

    @Test
    void addsNothingToAStepThatPutsNothingOff() throws Exception {
        flow.writePendingBytes();

        assertThat(steps).containsExactly("write");
    }

    private static void react(Queue<Reaction> reactions) throws Http2Exception {
        Reaction next = reactions.poll();
        if (next != null) {
            next.take();
        }
    }

    private final class RecordedFlow extends DefaultHttp2RemoteFlowController {
        RecordedFlow() {
            super(new DefaultHttp2Connection(true));
        }

        @Override
        public ChannelHandlerContext channelHandlerContext() {
            return channel.pipeline().lastContext();
        }

        @Override
        public void channelWritabilityChanged() throws Http2Exception {
            steps.add("tell");
            react(toTelling);
        }

        @Override
        public void writePendingBytes() {
            steps.add("write");
        }
    }

    private final class Flushes extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) throws Exception {
            steps.add("flush");
            react(toFlush);
        }
    }
}
