package dev.jarway.runtime.listener;

import io.netty.buffer.ByteBuf;

/** What the beginning of a packet of QUIC says of whose it is (RFC 9000 section 17). */
final class QuicPacket {
    /** Of the connection ids that sockets give. */
    static final int ID_LENGTH = 20;

    /** A packet with which a connection begins: its id is the client's own invention. */
    static final int NEW = -1;

    /** A packet that does not say. */
    static final int UNKNOWN = -2;

    private static final int LONG_HEADER = 0x80;
    private static final int TYPE = 0x30;
    private static final int ID_LENGTH_AT = 5;

    private QuicPacket() {}

    /** The number of the socket that has given the id in it, or one of the constants. */
    static int owner(ByteBuf packet) {
        int at = packet.readerIndex();
        if (!packet.isReadable()) {
            return UNKNOWN;
        }
        int first = packet.getUnsignedByte(at);
        if ((first & LONG_HEADER) == 0) {
            return number(packet, at + 1);
        }
        int end = packet.writerIndex();
        if (at + ID_LENGTH_AT >= end) {
            return UNKNOWN;
        }
        int idLength = packet.getUnsignedByte(at + ID_LENGTH_AT);
        int id = at + ID_LENGTH_AT + 1;
        int source = id + idLength;
        if (source >= end) {
            return UNKNOWN;
        }
        int token = source + 1 + packet.getUnsignedByte(source);
        if ((first & TYPE) == 0 && isEmpty(packet, token)) {
            return NEW;
        }
        return idLength == ID_LENGTH ? number(packet, id) : UNKNOWN;
    }

    private static int number(ByteBuf packet, int id) {
        return id + ID_LENGTH <= packet.writerIndex() ? packet.getUnsignedShort(id) : UNKNOWN;
    }

    /** Whether the token is, of which the length is told in 1, 2, 4 or 8 bytes (section 16). */
    private static boolean isEmpty(ByteBuf packet, int at) {
        if (at >= packet.writerIndex()) {
            return true;
        }
        int first = packet.getUnsignedByte(at);
        int bytes = 1 << (first >> 6);
        if ((first & 0x3f) != 0 || at + bytes > packet.writerIndex()) {
            return false;
        }
        for (int i = 1; i < bytes; i++) {
            if (packet.getByte(at + i) != 0) {
                return false;
            }
        }
        return true;
    }
}
