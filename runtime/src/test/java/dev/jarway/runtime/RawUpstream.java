package dev.jarway.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** A service that sends octets as they stand in its script, which runs once for each connection. */
final class RawUpstream implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();

    /** What happens on a connection; it is closed after that. */
    interface Script {
        void run(Talk talk) throws Exception;
    }

    /** A connection, with what has been read from it. */
    record Talk(Socket socket, InputStream in) {

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

        /** The next head of a message, in lower case. */
        String head() throws IOException {
            return until("\r\n\r\n").toLowerCase(Locale.ROOT);
        }

        /** What comes of a body in chunks, and the trailers. */
        String chunks() throws IOException {
            StringBuilder read = new StringBuilder(until("0\r\n"));
            String line = until("\r\n");
            while (!line.equals("\r\n")) {
                read.append(line);
                line = until("\r\n");
            }
            return read.append(line).toString();
        }

        /** Whether nothing comes any more but the end. */
        boolean isClosed() throws IOException {
            try {
                return in.read() < 0;
            } catch (SocketException reset) {
                return true;
            }
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    RawUpstream(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** The entry of this service in a configuration's list, and a route to it for everything. */
    String entry() {
        return "  - { name: raw, endpoints: [{ url: \"" + url() + "\" }] }\nroutes: [{ name: raw, service: raw }]\n";
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            script.run(new Talk(socket, new BufferedInputStream(socket.getInputStream())));
        } catch (Exception e) {
            assert socket.isClosed(); // Whoever waits for this end sees that something is missing.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
