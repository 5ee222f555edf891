package dev.jarway.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A service that answers each request with its very bytes, so that a client shows what the gateway has made of what it has sent.
 */
final class ByteMirror {
    private ByteMirror() {}

    static LoopbackServer start() throws IOException {
        return LoopbackServer.start(ByteMirror::serve);
    }

    private static void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        while (true) {
            String request = until(in, "\r\n\r\n");
            if (request.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n")) {
                request += until(in, "0\r\n") + until(in, "\r\n");
                while (!request.endsWith("\r\n\r\n")) {
                    request += until(in, "\r\n");
                }
            }
            String answer = "HTTP/1.1 200 OK\r\ncontent-length: " + request.length() + "\r\n\r\n" + request;
            client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end, read.length() - end.length()) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }
}
