package dev.jarway.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A free port of this machine, and a thread for each connection that comes there. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Talk talk;

    private LoopbackServer(ServerSocket socket, Talk talk) {
        this.socket = socket;
        this.talk = talk;
    }

    /** What is said on one connection. Where it fails, the other end has gone. */
    interface Talk {
        void with(Socket client) throws IOException;
    }

    static LoopbackServer start(Talk talk) throws IOException {
        LoopbackServer server = new LoopbackServer(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), talk);
        Thread.ofVirtual().start(server::accept);
        return server;
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

    private void serve(Socket client) {
        try (client) {
            talk.with(client);
        } catch (IOException e) {
            // The other end has gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
