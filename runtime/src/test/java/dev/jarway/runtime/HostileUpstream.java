package dev.jarway.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A service that behaves as badly as it is told. Requests for {@code /good} it answers as it should, on whatever connection they
 * come: so one sees what a bad answer has left behind.
 */
final class HostileUpstream implements AutoCloseable {
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Script script = Script.answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    private final RawUpstream raw = new RawUpstream(this::serve);

    /** What is done once a request's head has been read. */
    interface Script {

        /** Answers, or does not. When it returns, the connection is kept unless the script has closed it. */
        void run(Socket socket, InputStream in, OutputStream out) throws IOException;

        /** Says that, and waits for what is next. */
        static Script answering(String text) {
            return (socket, in, out) -> out.write(bytes(text));
        }

        /** Says that, and closes. */
        static Script closingAfter(String text) {
            return (socket, in, out) -> {
                out.write(bytes(text));
                socket.close();
            };
        }

        /** Says that, and resets the connection. */
        static Script resettingAfter(String text) {
            return (socket, in, out) -> {
                out.write(bytes(text));
                out.flush();
                pause(50); // What is reset at once need not arrive at all.
                socket.setSoLinger(true, 0);
                socket.close();
            };
        }

        /** Says that, and closes its own direction alone. */
        static Script endingAfter(String text) {
            return (socket, in, out) -> {
                out.write(bytes(text));
                socket.shutdownOutput();
            };
        }

        /** Says that a byte at a time. */
        static Script dripping(String text, int millis) {
            return (socket, in, out) -> {
                for (byte octet : bytes(text)) {
                    out.write(octet);
                    pause(millis);
                }
            };
        }

        /** Says the one, and a moment later the other. */
        static Script then(String text, String later) {
            return (socket, in, out) -> {
                out.write(bytes(text));
                out.flush();
                pause(30);
                out.write(bytes(later));
            };
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }

        private static void pause(int millis) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    String url() {
        return raw.url();
    }

    /** Does this from now on, and counts anew. */
    void behave(Script next) {
        open.clear();
        script = next;
    }

    /** How many connections have had an answer by the present script, and are open still. */
    int suspects() {
        return open.size();
    }

    /** Until the other end has had enough, or this one. */
    private void serve(RawUpstream.Talk talk) throws IOException {
        Socket socket = talk.socket();
        try {
            while (true) {
                if (talk.head().contains(" /good ")) {
                    talk.send("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\ngood");
                } else {
                    open.add(socket);
                    script.run(socket, talk.in(), socket.getOutputStream());
                }
            }
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        raw.close();
        try {
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
