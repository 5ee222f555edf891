package dev.jarway.runtime;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/2 whose frames are sent as they are, be they allowed or not. */
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITIZED = 0x20;

    /** What a frame has at most, as long as the other end has not said otherwise. */
    private static final int LARGEST = 16 * 1024;

    private final Socket socket;
    private final OutputStream out;
    private final DataInputStream in;
    private @Nullable ByteArrayOutputStream held;
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

    RawHttp2(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Over a socket that is open already. */
    RawHttp2(Socket open) throws IOException {
        socket = open;
        socket.setSoTimeout(20_000);
        out = socket.getOutputStream();
        in = new DataInputStream(socket.getInputStream());
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(SETTINGS, 0, 0, new byte[0]);
    }

    /** Sends a frame. That the other end has closed already shows when one reads. */
    void frame(int type, int flags, int stream, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        frame.write(stream >> 24);
        frame.write(stream >> 16);
        frame.write(stream >> 8);
        frame.write(stream);
        frame.writeBytes(payload);
        if (held != null) {
            held.writeBytes(frame.toByteArray());
            return;
        }
        try {
            out.write(frame.toByteArray());
        } catch (IOException e) {
            assert !socket.isClosed();
        }
    }

    /** The beginning of a frame that says it has so many octets, and one of them. */
    void begin(int type, int length, int stream) throws IOException {
        out.write(new byte[] {
            (byte) (length >> 16), (byte) (length >> 8), (byte) length, (byte) type, 0, 0, 0, 0, (byte) stream, 0
        });
    }

    /** Sends these frames as one piece, so that the other end reads them in one turn. */
    void together(Runnable frames) throws IOException {
        send(octets(frames));
    }

    /** The octets of these frames, which are not sent. */
    byte[] octets(Runnable frames) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        held = all;
        frames.run();
        held = null;
        return all.toByteArray();
    }

    /** Sends octets, wherever frames begin and end in them. */
    void send(byte[] octets) throws IOException {
        out.write(octets);
    }

    /** A header list, each field written out: no table, no Huffman code. */
    void headers(int stream, List<String[]> fields, boolean last) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (String[] field : fields) {
            block.write(0);
            string(block, field[0]);
            string(block, field[1]);
        }
        block(stream, block.toByteArray(), last ? END_STREAM : 0);
    }

    /** In one frame, if it is not too large for that. */
    private void block(int stream, byte[] block, int flags) {
        int first = Math.min(block.length, LARGEST);
        frame(HEADERS, flags | (first == block.length ? END_HEADERS : 0), stream, Arrays.copyOf(block, first));
        for (int from = first; from < block.length; from += LARGEST) {
            int to = Math.min(block.length, from + LARGEST);
            frame(CONTINUATION, to == block.length ? END_HEADERS : 0, stream, Arrays.copyOfRange(block, from, to));
        }
    }

    void data(int stream, String text, boolean last) {
        frame(DATA, last ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length < 127) {
            block.write(octets.length);
        } else {
            block.write(127);
            int rest = octets.length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(octets);
    }

    /** What comes of a stream: its status, {@code end}, {@code reset 1}, {@code goaway 11} or {@code closed}. */
    String outcome(int stream) throws Exception {
        while (true) {
            int length;
            try {
                length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            } catch (IOException e) {
                return "closed";
            }
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int about = in.readInt();
            byte[] payload = in.readNBytes(length);
            switch (type) {
                case HEADERS -> {
                    ByteBuf block = Unpooled.wrappedBuffer(payload);
                    block.skipBytes((flags & PRIORITIZED) == 0 ? 0 : 5);
                    return String.valueOf(decoder.decodeHeaders(about, block).status());
                }
                case DATA -> {
                    if (about == stream && (flags & END_STREAM) != 0) {
                        return "end";
                    }
                }
                case RST_STREAM -> {
                    if (about == stream) {
                        return "reset " + number(payload, 0);
                    }
                }
                case GOAWAY -> {
                    return "goaway " + number(payload, 4);
                }
                case SETTINGS -> {
                    if ((flags & ACK) == 0) {
                        frame(SETTINGS, ACK, 0, new byte[0]);
                    }
                }
                default -> {}
            }
        }
    }

    /** How the connection ends, whatever comes of its streams: {@code goaway 11} or {@code closed}. */
    String end() throws Exception {
        String outcome = outcome(-1);
        while (!outcome.startsWith("goaway") && !outcome.equals("closed")) {
            outcome = outcome(-1);
        }
        return outcome;
    }

    static int number(byte[] payload, int at) {
        return Unpooled.wrappedBuffer(payload).getInt(at);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
