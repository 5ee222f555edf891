package dev.jarway.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A service that answers each request with its very bytes, so that a client shows what the gateway has made of what it has sent. */
final class ByteMirror implements AutoCloseable {
    private final ServerSocket socket;

    private ByteMirror(ServerSocket socket) {
        this.socket = socket;
    }

    static ByteMirror start() throws IOException {
        ByteMirror mirror = new ByteMirror(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(mirror::accept);
        return mirror;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // It has been closed.
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
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
        } catch (IOException e) {
            // The gateway has gone.
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
