package dev.jarway.runtime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A service that keeps every byte it is sent, and reads it as strictly as the grammar allows: what is no request for it is kept
 * as {@link #strays}. It answers each request with 200.
 */
final class RecordingUpstream implements AutoCloseable {
    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private final Queue<String> strays = new ConcurrentLinkedQueue<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** Those with a request that has begun to come, and has not been noted yet. */
    private final Set<Socket> unread = ConcurrentHashMap.newKeySet();

    private final RawUpstream raw = new RawUpstream(this::serve);

    /** A request as it came: request line and fields without line breaks, and the body without its chunks. */
    record Seen(String line, List<String> fields, String body, boolean chunked) {

        List<String> values(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return fields.stream()
                    .filter(field -> field.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(field -> field.substring(prefix.length()).strip())
                    .toList();
        }
    }

    String url() {
        return raw.url();
    }

    /** The requests that came whole, oldest first. */
    List<Seen> seen() {
        return List.copyOf(seen);
    }

    /** What came and was no request, or none that was whole. */
    List<String> strays() {
        return List.copyOf(strays);
    }

    void forget() {
        seen.clear();
        strays.clear();
    }

    /** Whether nothing has come that has not been noted yet, as a request or a stray; as of a moment ago. */
    boolean isIdle() {
        return unread.isEmpty() && open.stream().noneMatch(RecordingUpstream::hasMore);
    }

    private static boolean hasMore(Socket socket) {
        try {
            return socket.getInputStream().available() > 0;
        } catch (IOException closed) {
            return false;
        }
    }

    private void serve(RawUpstream.Talk talk) {
        Socket socket = talk.socket();
        open.add(socket);
        try {
            InputStream in = talk.in();
            while (true) {
                in.mark(1);
                if (in.read() < 0) {
                    return;
                }
                unread.add(socket);
                in.reset();
                Seen request = request(in);
                seen.add(request);
                unread.remove(socket);
                String body = request.line().startsWith("HEAD ") ? "" : "ok";
                talk.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n" + body);
            }
        } catch (IOException e) {
            strays.add(String.valueOf(e.getMessage()));
        } finally {
            unread.remove(socket);
            open.remove(socket);
        }
    }

    private static Seen request(InputStream in) throws IOException {
        String line = line(in);
        if (!line.matches("[!-~]+ [!-~]+ HTTP/1\\.1")) {
            throw new IOException("no request line: " + line);
        }
        List<String> fields = new ArrayList<>();
        long length = 0;
        boolean chunked = false;
        for (String field = line(in); !field.isEmpty(); field = line(in)) {
            if (!field.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\\t -~\\x80-\\xff]*")) {
                throw new IOException("no field: " + field);
            }
            fields.add(field);
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        lower.substring("content-length:".length()).strip());
            }
            if (lower.startsWith("transfer-encoding:")) {
                chunked = true;
            }
        }
        if (chunked && length > 0) {
            throw new IOException("two lengths");
        }
        byte[] body = chunked ? chunks(in) : bytes(in, length);
        return new Seen(line, List.copyOf(fields), new String(body, StandardCharsets.ISO_8859_1), chunked);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            body.write(bytes(in, size));
            if (!line(in).isEmpty()) {
                throw new IOException("a chunk without an end");
            }
        }
        String trailer = line(in);
        while (!trailer.isEmpty()) {
            trailer = line(in);
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        String line = line(in);
        if (!line.matches("[0-9a-fA-F]{1,8}")) {
            throw new IOException("no chunk size: " + line);
        }
        return Integer.parseInt(line, 16);
    }

    private static byte[] bytes(InputStream in, long length) throws IOException {
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new IOException("a body cut short");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("cut short: " + line);
            }
            if (octet == '\n') {
                if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
                    throw new IOException("a bare LF after: " + line);
                }
                return line.substring(0, line.length() - 1);
            }
            line.append((char) octet);
        }
    }

    @Override
    public void close() {
        raw.close();
    }
}
