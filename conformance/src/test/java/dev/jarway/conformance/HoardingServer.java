package dev.jarway.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A server, in a process of its own, that keeps all that it is sent, goes through all of it again when more comes, and turns to
 * nobody else as long as there is more. A measure that finds no fault with it finds none with anybody.
 */
final class HoardingServer {
    private static final Pattern PORT = Pattern.compile("port ([0-9]+)");
    private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Map<SocketChannel, ByteArrayOutputStream> kept = new HashMap<>();
    private final ByteBuffer piece = ByteBuffer.allocate(256 * 1024);
    private int seen;

    private HoardingServer() {}

    static JvmProcess start(Path directory) throws IOException {
        return JvmProcess.start(
                List.of("-Xmx1g", HoardingServer.class.getName()), directory.resolve("hoarding-server.log"));
    }

    static int port(JvmProcess process) throws IOException, InterruptedException {
        return Integer.parseInt(process.await(PORT));
    }

    /** Serves until the process is ended. */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            listening.configureBlocking(false);
            System.out.println("port " + ((InetSocketAddress) listening.getLocalAddress()).getPort());
            HoardingServer server = new HoardingServer();
            while (true) {
                server.turn(listening);
            }
        }
    }

    private void turn(ServerSocketChannel listening) throws IOException {
        SocketChannel accepted = listening.accept();
        if (accepted != null) {
            accepted.configureBlocking(false);
            kept.put(accepted, new ByteArrayOutputStream());
        }
        kept.entrySet().removeIf(each -> hasEnded(each.getKey(), each.getValue()));
    }

    private boolean hasEnded(SocketChannel client, ByteArrayOutputStream all) {
        try {
            int read;
            while ((read = client.read(piece.clear())) > 0) {
                all.write(piece.array(), 0, read);
                goThrough(all.toByteArray());
                if (all.size() < piece.capacity() && endsRequest(read)) {
                    client.write(ByteBuffer.wrap(answer()));
                }
            }
            if (read < 0) {
                client.close();
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private void goThrough(byte[] all) {
        for (byte each : all) {
            seen += each;
        }
    }

    private byte[] answer() {
        return ("HTTP/1.1 200 OK\r\nseen: " + seen + "\r\ncontent-length: 2\r\n\r\nok")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private boolean endsRequest(int read) {
        for (int i = 0; i < END.length; i++) {
            if (read < END.length || piece.get(read - END.length + i) != END[i]) {
                return false;
            }
        }
        return true;
    }
}
