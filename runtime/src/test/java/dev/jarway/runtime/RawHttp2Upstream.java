package dev.jarway.runtime;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A service of HTTP/2 that does with its frames what its script says, which runs once for each connection. */
final class RawHttp2Upstream implements AutoCloseable {
    private static final int ACK = 1;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int END_STREAM_AND_HEADERS = 5;

    /** The field {@code :status: 200}, as HPACK knows it. */
    private static final byte[] OK = {(byte) 0x88};

    private final RawUpstream upstream;
    private final AtomicInteger ended = new AtomicInteger();
    private final Queue<Integer> requests = new ConcurrentLinkedQueue<>();

    /** What happens on a connection; it is closed after that. */
    interface Script {
        void run(Talk talk) throws Exception;
    }

    RawHttp2Upstream(Script script) {
        AtomicInteger number = new AtomicInteger();
        upstream = new RawUpstream(talk -> {
            try {
                script.run(new Talk(number.incrementAndGet(), talk));
            } finally {
                ended.incrementAndGet();
            }
        });
    }

    /** The entry of this service in a configuration's list, with these keys, and a route to it for everything. */
    String entry(String keys) {
        return "  - { name: named, protocol: h2, " + keys + ", endpoints: [{ url: \"" + upstream.url()
                + "\" }] }\nroutes: [{ name: all, service: named }]\n";
    }

    /** As an element of {@code endpoints}. */
    String endpoint() {
        return "{ url: \"" + upstream.url() + "\" }";
    }

    int connections() {
        return upstream.connections();
    }

    /** How many of them are over. */
    int ended() {
        return ended.get();
    }

    /** The connection of each request that has come, counted from 1. */
    Queue<Integer> requests() {
        return requests;
    }

    /** A connection, with what is said on it. */
    final class Talk {
        private final int number;
        private final RawUpstream.Talk talk;
        private final DataInputStream in;

        private Talk(int number, RawUpstream.Talk talk) {
            this.number = number;
            this.talk = talk;
            this.in = new DataInputStream(talk.in());
        }

        /** Counts connections from 1. */
        int number() {
            return number;
        }

        /** Greets whoever has opened the connection. */
        void greet() throws IOException {
            String preface = talk.until("SM\r\n\r\n");
            assert preface.startsWith("PRI");
            frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
        }

        /** The stream of the next request; answers what is said besides. */
        int request() throws IOException {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int stream = in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == RawHttp2.HEADERS) {
                    requests.add(number);
                    return stream;
                }
                if (type == RawHttp2.PING || (type == RawHttp2.SETTINGS && (flags & ACK) == 0)) {
                    frame(type, ACK, 0, type == RawHttp2.PING ? payload : new byte[0]);
                }
            }
        }

        void answer(int stream) throws IOException {
            frame(RawHttp2.HEADERS, END_STREAM_AND_HEADERS, stream, OK);
        }

        /** The header fields of a response that has this status, be it one or not. */
        void status(int stream, String status, boolean last) throws IOException {
            byte[] name = ":status".getBytes(StandardCharsets.US_ASCII);
            byte[] value = status.getBytes(StandardCharsets.ISO_8859_1);
            ByteArrayOutputStream block = new ByteArrayOutputStream();
            block.write(0);
            block.write(name.length);
            block.writeBytes(name);
            block.write(value.length);
            block.writeBytes(value);
            frame(RawHttp2.HEADERS, last ? END_STREAM_AND_HEADERS : END_HEADERS, stream, block.toByteArray());
        }

        void data(int stream, String text, boolean last) throws IOException {
            frame(RawHttp2.DATA, last ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void reset(int stream, int code) throws IOException {
            frame(RawHttp2.RST_STREAM, 0, stream, numbers(code));
        }

        /** Says which is the last stream that it has begun with. */
        void goAway(int last) throws IOException {
            frame(RawHttp2.GOAWAY, 0, 0, numbers(last, 0));
        }

        /** Answers all that comes. */
        void answerAll() throws IOException {
            while (true) {
                answer(request());
            }
        }

        /** Says nothing more, until the connection is closed from the other end. */
        void fallSilent() throws IOException {
            in.transferTo(OutputStream.nullOutputStream());
        }

        private void frame(int type, int flags, int stream, byte[] payload) throws IOException {
            ByteArrayOutputStream frame = new ByteArrayOutputStream();
            frame.writeBytes(numbers(payload.length << 8 | type));
            frame.write(flags);
            frame.writeBytes(numbers(stream));
            frame.writeBytes(payload);
            talk.send(frame.toString(StandardCharsets.ISO_8859_1));
        }

        /** As four octets each. */
        private static byte[] numbers(int... values) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (int value : values) {
                octets.write(value >> 24);
                octets.write(value >> 16);
                octets.write(value >> 8);
                octets.write(value);
            }
            return octets.toByteArray();
        }
    }

    @Override
    public void close() {
        upstream.close();
    }
}
