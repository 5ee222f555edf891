package dev.jarway.conformance;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A client of WebSocket that compresses (RFC 7692), and says what was negotiated word for word. */
final class DeflatingClient implements AutoCloseable {
    private static final int FINAL = 0x80;
    private static final int COMPRESSED = 0x40;
    private static final int BINARY = 2;
    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final String EXTENSIONS = "sec-websocket-extensions:";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final Inflater inflater = new Inflater(true);
    private final byte[] buffer = new byte[64 * 1024];
    private final String negotiated;

    DeflatingClient(int port, String offer) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Extensions: " + offer + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        negotiated = negotiated(head());
    }

    /** What the server said of its extensions; blank if it takes none. */
    String negotiated() {
        return negotiated;
    }

    /** Sends a message and waits for the next: in frames of that many bytes, or in one if that is 0. */
    byte[] exchange(byte[] message, int fragment) throws IOException, DataFormatException {
        send(deflate(message), fragment);
        return receive();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("no WebSocket: " + head);
        }
        return head.toString();
    }

    private static String negotiated(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, EXTENSIONS, 0, EXTENSIONS.length()))
                .map(line -> line.substring(EXTENSIONS.length()).strip())
                .findFirst()
                .orElse("");
    }

    private byte[] deflate(byte[] message) {
        if (negotiated.contains("client_no_context_takeover")) {
            deflater.reset();
        }
        deflater.setInput(message);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int length;
        do {
            length = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
            all.write(buffer, 0, length);
        } while (length == buffer.length);
        byte[] deflated = all.toByteArray();
        return Arrays.copyOf(deflated, deflated.length - TAIL.length);
    }

    private void send(byte[] payload, int fragment) throws IOException {
        int size = fragment == 0 ? payload.length : fragment;
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        int at = 0;
        do {
            int length = Math.min(size, payload.length - at);
            boolean last = at + length == payload.length;
            frames.write((at == 0 ? COMPRESSED | BINARY : 0) | (last ? FINAL : 0));
            frame(frames, payload, at, length);
            at += length;
        } while (at < payload.length);
        out.write(frames.toByteArray());
    }

    private static void frame(ByteArrayOutputStream frames, byte[] payload, int at, int length) {
        if (length < 126) {
            frames.write(0x80 | length);
        } else if (length < 65_536) {
            frames.write(0x80 | 126);
            frames.write(length >> 8);
            frames.write(length);
        } else {
            frames.write(0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frames.write((int) ((long) length >> shift));
            }
        }
        byte[] mask = new byte[4];
        ThreadLocalRandom.current().nextBytes(mask);
        frames.writeBytes(mask);
        for (int i = 0; i < length; i++) {
            frames.write(payload[at + i] ^ mask[i % 4]);
        }
    }

    private byte[] receive() throws IOException, DataFormatException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        boolean compressed = false;
        int first;
        do {
            first = in.readUnsignedByte();
            compressed |= (first & COMPRESSED) != 0;
            payload.writeBytes(in.readNBytes(length(in.readUnsignedByte())));
        } while ((first & FINAL) == 0);
        return compressed ? inflate(payload) : payload.toByteArray();
    }

    private int length(int second) throws IOException {
        return switch (second) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> second;
        };
    }

    private byte[] inflate(ByteArrayOutputStream payload) throws DataFormatException {
        if (negotiated.contains("server_no_context_takeover")) {
            inflater.reset();
        }
        payload.writeBytes(TAIL);
        inflater.setInput(payload.toByteArray());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int length;
        do {
            length = inflater.inflate(buffer);
            message.write(buffer, 0, length);
        } while (length > 0);
        return message.toByteArray();
    }

    @Override
    public void close() throws IOException {
        deflater.end();
        inflater.end();
        socket.close();
    }
}
