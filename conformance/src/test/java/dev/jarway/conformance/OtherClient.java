package dev.jarway.conformance;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to be served meanwhile: 100 requests a second over connections of his own, so many that each event loop has
 * some. When a request is due does not depend on the ones before, and its time counts from then.
 */
final class OtherClient {
    /** What it asks for. */
    static final String PATH = "/other";

    private static final int CONNECTIONS = 10;
    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100); // On each of them.
    private static final int PATIENCE_MILLIS = 2_000;
    private static final byte[] REQUEST =
            ("GET " + PATH + " HTTP/1.1\r\nHost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");

    private final int port;
    private final long begin = System.nanoTime() + EVERY_NANOS;
    private final List<Visit> visits = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile long end = begin + Long.MAX_VALUE;

    private OtherClient(int port) {
        this.port = port;
    }

    /** Begins to ask the server there. */
    static OtherClient start(int port) {
        OtherClient client = new OtherClient(port);
        for (int i = 0; i < CONNECTIONS; i++) {
            Visit visit = client.new Visit(i * EVERY_NANOS / CONNECTIONS);
            client.visits.add(visit);
            client.threads.add(Thread.ofPlatform().daemon().start(visit));
        }
        return client;
    }

    /** Ends when all that was due by now has been asked, and tells how long it took. */
    Latencies stop() throws InterruptedException {
        end = System.nanoTime();
        for (Thread thread : threads) {
            thread.join();
        }
        List<Long> nanos = new ArrayList<>();
        int failed = 0;
        for (Visit visit : visits) {
            nanos.addAll(visit.nanos);
            failed += visit.failed;
        }
        return Latencies.of(nanos, failed);
    }

    /** One of its connections, with what was seen there. */
    private final class Visit implements Runnable {
        private final List<Long> nanos = new ArrayList<>();
        private final long offset;
        private int failed;
        private @Nullable Socket socket;

        Visit(long offset) {
            this.offset = offset;
        }

        @Override
        public void run() {
            for (long due = begin + offset; due - end < 0; due += EVERY_NANOS) {
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                try {
                    ask();
                } catch (IOException e) {
                    failed++;
                    hangUp();
                }
                nanos.add(System.nanoTime() - due);
            }
            hangUp();
        }

        private void ask() throws IOException {
            Socket connection = socket == null ? connect() : socket;
            socket = connection;
            connection.getOutputStream().write(REQUEST);
            InputStream in = new BufferedInputStream(connection.getInputStream());
            String head = head(in);
            Matcher length = LENGTH.matcher(head);
            if (!head.startsWith("HTTP/1.1 200") || !length.find()) {
                throw new IOException(head);
            }
            in.skipNBytes(Long.parseLong(length.group(1)));
        }

        private Socket connect() throws IOException {
            Socket connection = new Socket();
            connection.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            connection.setSoTimeout(PATIENCE_MILLIS);
            connection.setTcpNoDelay(true);
            return connection;
        }

        private static String head(InputStream in) throws IOException {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("closed");
                }
                head.append((char) next);
            }
            return head.toString();
        }

        private void hangUp() {
            try {
                if (socket != null) {
                    socket.close();
                }
            } catch (IOException e) {
                // It is not needed any more.
            }
            socket = null;
        }
    }
}
