package dev.jarway.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection that is never opened anew: a request on it fails if the gateway has closed it. */
final class KeptConnection implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private String lastHead = "";
    private int failures;

    private KeptConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static KeptConnection to(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        return new KeptConnection(socket);
    }

    /** The one over a socket that is open already. */
    static KeptConnection over(Socket socket) throws IOException {
        return new KeptConnection(socket);
    }

    /** The body of the answer to a GET. */
    String get(String path) throws IOException {
        lastHead = head(path, "");
        if (!lastHead.startsWith("HTTP/1.1 200")) {
            failures++;
        }
        String body = new String(in.readNBytes(length(lastHead)), StandardCharsets.UTF_8);
        return body;
    }

    /** Status line and fields of the answer to a GET with these fields besides; what follows is left to be read. */
    String head(String path, String fields) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return head();
    }

    /** Status line and fields of the last answer, in lower case but for the status line. */
    String lastHead() {
        return lastHead;
    }

    /** How many answers were not 200. */
    int failures() {
        return failures;
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) read);
        }
        return head.toString();
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        return 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
