package dev.jarway.runtime.listener;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import io.netty.handler.codec.quic.QuicConnectionIdGenerator;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The place of one UDP socket among those of its address, in front of what reads packets there. A packet that is another socket's
 * is handed to that one, on whose event loop it goes on.
 */
final class QuicSteering extends ChannelInboundHandlerAdapter {
    private final QuicPort port;
    private final int number;
    private final Set<QuicSteering> handedTo = new LinkedHashSet<>();
    private volatile @Nullable ChannelHandlerContext context;
    private volatile boolean retired;

    QuicSteering(QuicPort port, int number) {
        this.port = port;
        this.number = number;
    }

    /** By which connection ids name it. */
    int number() {
        return number;
    }

    /** Whether it has its socket. */
    boolean isThere() {
        return context != null;
    }

    /** Whether connections begin here. */
    boolean takesNew() {
        return isThere() && !retired;
    }

    /** Leaves new connections to others from now on. */
    void retire() {
        retired = true;
    }

    /** Gives ids that name this socket. */
    QuicConnectionIdGenerator ids() {
        return new Ids(number);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        context = null;
        port.leave(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext reached, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        QuicSteering target = port.target(this, packet.content());
        ChannelHandlerContext there = target == null ? null : target.context;
        if (there == null) {
            packet.release(); // Lost, as packets may be.
            return;
        }
        there.fireChannelRead(packet);
        if (target != this) {
            handedTo.add(target);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext reached) {
        for (QuicSteering target : handedTo) {
            ChannelHandlerContext there = target.context;
            if (there != null) {
                there.fireChannelReadComplete();
            }
        }
        handedTo.clear();
        reached.fireChannelReadComplete();
    }

    /** Ids of chance, but for the number of the socket in front. */
    private record Ids(int number) implements QuicConnectionIdGenerator {
        private static final QuicConnectionIdGenerator RANDOM = QuicConnectionIdGenerator.randomGenerator();

        @Override
        public ByteBuffer newId(int length) {
            ByteBuffer id = ByteBuffer.allocate(length);
            id.putShort((short) number).put(RANDOM.newId(length - Short.BYTES)).flip();
            return id;
        }

        @Override
        public ByteBuffer newId(ByteBuffer input, int length) {
            return newId(length);
        }

        @Override
        public ByteBuffer newId(ByteBuffer source, ByteBuffer destination, int length) {
            return newId(length);
        }

        @Override
        public int maxConnectionIdLength() {
            return QuicPacket.ID_LENGTH;
        }

        @Override
        public boolean isIdempotent() {
            return false;
        }
    }
}
