package dev.jarway.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A connection on which octets are sent as they are, and answers read as a strict client reads them. */
final class RawExchange implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    RawExchange(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Over a socket that is open already. */
    RawExchange(Socket open) throws IOException {
        socket = open;
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer: status, head in lower case, body. */
    record Answer(int status, String head, String body) {}

    /** Sends octets. That the other end has closed already shows when one reads. */
    void send(byte[] octets) {
        try {
            socket.getOutputStream().write(octets);
        } catch (IOException e) {
            assert !socket.isClosed();
        }
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next answer that is not provisional. */
    Answer answer(boolean toHead) throws IOException {
        Answer answer = next(toHead);
        while (answer.status() < 200 && answer.status() != 101) {
            answer = next(toHead);
        }
        return answer;
    }

    private Answer next(boolean toHead) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) octet);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        String fields = head.toString().toLowerCase(Locale.ROOT);
        int at = fields.indexOf("\r\ncontent-length:");
        boolean none = toHead || at < 0 || status < 200;
        int length = none
                ? 0
                : Integer.parseInt(
                        fields.substring(at + 17, fields.indexOf('\r', at + 2)).strip());
        return new Answer(status, fields, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** The status of the next answer, which has to be a provisional one. */
    int provisional() throws IOException {
        return next(true).status();
    }

    /** What comes until these octets have come, which are part of it. */
    String until(String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) octet);
        }
        return read.toString();
    }

    /** What comes. */
    InputStream in() {
        return in;
    }

    /** Whether something has come that has not been read. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Whether nothing comes any more but the end. */
    boolean isClosed() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Closes it before its time. */
    void hangUp() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
