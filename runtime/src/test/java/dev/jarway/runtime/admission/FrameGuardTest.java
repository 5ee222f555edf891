package dev.jarway.runtime.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.FieldsConfig;
import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.config.PathsConfig;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2ConnectionHandlerBuilder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private static final byte[] PING = {0, 0, 8, 6, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
    private static final int FRAMES = 100;

    private final Http2ConnectionHandler http2 = new Http2ConnectionHandlerBuilder()
            .server(true)
            .frameListener(new Http2EventAdapter() {})
            .build();

    @Test
    void handsOnHardlyMoreOnceTheConnectionHasBeenEnded() throws Exception {
        Parser parser = new Parser(Http2Error.ENHANCE_YOUR_CALM);
        ByteBuf bytes = frames();
        connection(parser).writeInbound(bytes);

        assertThat(parser.read).isBetween(PING.length, 8 * PING.length);
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void handsEverythingOnWhileTheConnectionIsLeftToEnd() throws Exception {
        Parser parser = new Parser(Http2Error.NO_ERROR);
        ByteBuf bytes = frames();
        connection(parser).writeInbound(bytes);

        assertThat(parser.read).isEqualTo(FRAMES * PING.length);
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void handsFramesOnWhereverTheyAreCut() throws Exception {
        for (int size = 1; size < 5 * PING.length; size++) {
            Parser parser = new Parser(Http2Error.NO_ERROR);
            EmbeddedChannel connection = connection(parser);
            ByteBuf bytes = frames();
            while (bytes.isReadable()) {
                connection.writeInbound(bytes.readRetainedSlice(Math.min(size, bytes.readableBytes())));
            }
            bytes.release();

            assertThat(parser.read).as("in pieces of %d", size).isEqualTo(FRAMES * PING.length);
            assertThat(bytes.refCnt()).isZero();
        }
    }

    @Test
    void readsOnForASecondHoweverOftenTheConnectionIsClosed() {
        Socket connection = new Socket();
        connection.pipeline().addLast(guard(), new Parser(Http2Error.ENHANCE_YOUR_CALM));
        LastWord.listen(connection, http2);
        connection.writeInbound(frames());

        ChannelFuture first = connection.pipeline().close();
        ChannelFuture second = connection.pipeline().close();
        connection.advanceTimeBy(999, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();

        assertThat(connection.isOutputShutdown()).isTrue();
        assertThat(connection.isOpen()).isTrue();
        ByteBuf late = frames();
        connection.writeInbound(late);
        assertThat(late.refCnt()).isZero();

        connection.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();

        assertThat(connection.isOpen()).isFalse();
        assertThat(first.isSuccess()).isTrue();
        assertThat(second.isSuccess()).isTrue();
    }

    private EmbeddedChannel connection(Parser parser) {
        EmbeddedChannel connection = new EmbeddedChannel(guard(), parser);
        LastWord.listen(connection, http2);
        return connection;
    }

    private static FrameGuard guard() {
        return new FrameGuard(
                new Door(PathsConfig.STRICT, FieldsConfig.STANDARD, LimitsConfig.STANDARD, new LimitCounts("web")));
    }

    private static ByteBuf frames() {
        ByteBuf bytes = Unpooled.buffer();
        for (int i = 0; i < FRAMES; i++) {
            bytes.writeBytes(PING);
        }
        return bytes;
    }

    /** One who sends GOAWAY with that error as soon as anything comes. */
    private final class Parser extends ChannelInboundHandlerAdapter {
        private final Http2Error error;
        private int read;

        Parser(Http2Error error) {
            this.error = error;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Http2Exception {
            ByteBuf bytes = (ByteBuf) message;
            read += bytes.readableBytes();
            bytes.release();
            http2.connection().goAwaySent(0, error.code(), Unpooled.EMPTY_BUFFER);
        }
    }

    /** One whose directions can be closed by themselves. The time stands still there. */
    private static final class Socket extends EmbeddedChannel implements DuplexChannel {
        private boolean told;

        Socket() {
            freezeTime();
        }

        @Override
        public boolean isInputShutdown() {
            return false;
        }

        @Override
        public ChannelFuture shutdownInput() {
            return newSucceededFuture();
        }

        @Override
        public ChannelFuture shutdownInput(ChannelPromise promise) {
            return promise.setSuccess();
        }

        @Override
        public boolean isOutputShutdown() {
            return told;
        }

        @Override
        public ChannelFuture shutdownOutput() {
            return shutdownOutput(newPromise());
        }

        @Override
        public ChannelFuture shutdownOutput(ChannelPromise promise) {
            told = true;
            return promise.setSuccess();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public ChannelFuture shutdown() {
            return shutdownOutput();
        }

        @Override
        public ChannelFuture shutdown(ChannelPromise promise) {
            return shutdownOutput(promise);
        }
    }
}
