package dev.jarway.runtime.admission;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2RemoteFlowController;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * The flow of what a connection of HTTP/2 sends, one step after the other: what is pending is written when all streams have been
 * told what the step before has changed, and is flushed then. Vert.x 5.2.0 writes while it is being told, which changes it again,
 * and then streams are left out (vert.x 6359, mended after that version); and Netty flushes what is written in the middle of
 * writing before the rest is written. Either way, streams stand still for ever. Of one connection.
 */
public final class OrderlyFlow implements Http2RemoteFlowController {
    private final Http2RemoteFlowController flow;
    private boolean inStep;
    private boolean pending;
    private boolean changed;

    OrderlyFlow(Http2RemoteFlowController flow) {
        this.flow = flow;
    }

    /** Has it hold on that connection. On its event loop. */
    public static void on(Http2ConnectionHandler http2) {
        http2.connection()
                .remote()
                .flowController(new OrderlyFlow(http2.connection().remote().flowController()));
    }

    private interface Step {
        void take() throws Http2Exception;
    }

    private void step(Step step) throws Http2Exception {
        if (inStep) {
            step.take();
            return;
        }
        inStep = true;
        try {
            step.take();
            catchUp();
        } finally {
            inStep = false;
        }
    }

    private void catchUp() throws Http2Exception {
        while (pending || changed) {
            boolean tell = changed;
            pending = false;
            changed = false;
            if (tell) {
                flow.channelWritabilityChanged();
            }
            flow.writePendingBytes();
            // Who wanted to write has flushed, but that was before. It may make room, so that all begins anew.
            flow.channelHandlerContext().flush();
        }
    }

    @Override
    public void writePendingBytes() throws Http2Exception {
        if (inStep) {
            pending = true;
        } else {
            step(flow::writePendingBytes);
        }
    }

    @Override
    public void channelWritabilityChanged() throws Http2Exception {
        if (inStep) {
            changed = true;
        } else {
            step(flow::channelWritabilityChanged);
        }
    }

    @Override
    public void incrementWindowSize(Http2Stream stream, int delta) throws Http2Exception {
        step(() -> flow.incrementWindowSize(stream, delta));
    }

    @Override
    public void initialWindowSize(int newWindowSize) throws Http2Exception {
        step(() -> flow.initialWindowSize(newWindowSize));
    }

    @Override
    public void addFlowControlled(Http2Stream stream, FlowControlled payload) {
        flow.addFlowControlled(stream, payload);
    }

    @Override
    public ChannelHandlerContext channelHandlerContext() {
        return flow.channelHandlerContext();
    }

    @Override
    public void channelHandlerContext(ChannelHandlerContext context) throws Http2Exception {
        flow.channelHandlerContext(context);
    }

    @Override
    public int initialWindowSize() {
        return flow.initialWindowSize();
    }

    @Override
    public int windowSize(Http2Stream stream) {
        return flow.windowSize(stream);
    }

    @Override
    public boolean hasFlowControlled(Http2Stream stream) {
        return flow.hasFlowControlled(stream);
    }

    @Override
    public void listener(Listener listener) {
        flow.listener(listener);
    }

    @Override
    public boolean isWritable(Http2Stream stream) {
        return flow.isWritable(stream);
    }

    @Override
    public void updateDependencyTree(int child, int parent, short weight, boolean exclusive) {
        flow.updateDependencyTree(child, parent, weight, exclusive);
    }
}
