package dev.jarway.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An upload that takes as long as a test likes. */
final class TricklingUpload implements AutoCloseable {
    private final Socket socket;

    private TricklingUpload(Socket socket) {
        this.socket = socket;
    }

    static TricklingUpload to(int port) throws IOException {
        return to(port, "/upload");
    }

    static TricklingUpload to(int port, String path) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(10_000);
        TricklingUpload upload = new TricklingUpload(socket);
        upload.write(
                "POST " + path + " HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        return upload;
    }

    /** Sends a piece of the body. */
    void send(String piece) throws IOException {
        write(Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n");
    }

    /** Ends the body, and gives the whole answer. */
    String finish() throws IOException {
        write("0\r\n\r\n");
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
