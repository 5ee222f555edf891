package dev.jarway.runtime;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** An endpoint that takes no connection, and refuses none either: Linux drops whoever knocks while nobody is let in. */
final class FullBacklog implements AutoCloseable {
    private static final int FILL_MILLIS = 300;

    /** The state of a connection that is being opened. */
    private static final String OPENING = "02";

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> before = new ArrayList<>();

    FullBacklog() throws IOException {
        InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(address, FILL_MILLIS);
                before.add(socket);
            } catch (SocketTimeoutException full) {
                socket.close();
                return;
            }
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /** How many connections to it are being opened. */
    long knocking() throws IOException {
        String port = String.format(Locale.ROOT, ":%04X", server.getLocalPort());
        long knocking = 0;
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            if (Files.exists(Path.of(table))) {
                knocking += Files.readAllLines(Path.of(table)).stream()
                        .map(line -> line.strip().split("\\s+", -1))
                        .filter(columns -> columns[2].endsWith(port) && columns[3].equals(OPENING))
                        .count();
            }
        }
        return knocking;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : before) {
            socket.close();
        }
    }
}
