package dev.jarway.runtime;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Requests that come when they are due, some each over a connection of its own, some over connections that are kept until an
 * answer says that it was the last. Any connection that is refused, reset or closed unannounced is a failure.
 */
final class UpgradeLoad implements AutoCloseable {
    private static final int SENDERS = 8;

    private final int port;
    private final Map<String, AtomicLong> answers = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private UpgradeLoad(int port) {
        this.port = port;
    }

    /** With so many requests per second over connections of either kind. */
    static UpgradeLoad on(int port, int oneShot, int kept) {
        UpgradeLoad load = new UpgradeLoad(port);
        for (int sender = 0; sender < SENDERS; sender++) {
            load.threads.add(Thread.ofVirtual().start(() -> load.send(oneShot, false)));
            load.threads.add(Thread.ofVirtual().start(() -> load.send(kept, true)));
        }
        return load;
    }

    private void send(int perSecond, boolean keep) {
        long gap = TimeUnit.SECONDS.toNanos(1) * SENDERS / perSecond;
        long due = System.nanoTime();
        Connection connection = null;
        while (!stopped) {
            try {
                connection = connection == null ? new Connection(port) : connection;
                String answer = connection.get(keep);
                answers.computeIfAbsent(answer, unseen -> new AtomicLong()).incrementAndGet();
                if (connection.last) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException e) {
                failures.add((keep ? "kept: " : "one-shot: ") + e);
                connection = null;
            }
            due += gap;
            LockSupport.parkNanos(due - System.nanoTime());
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** A connection with its input. */
    private static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private boolean last;

        Connection(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        String get(boolean keep) throws IOException {
            String fields = "Host: test\r\n" + (keep ? "" : "Connection: close\r\n");
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\n" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII));
            String head = head();
            if (!head.startsWith("http/1.1 200")) {
                throw new IOException("answered: " + head);
            }
            last = "close".equals(field(head, "connection"));
            String length = field(head, "content-length");
            return new String(in.readNBytes(length == null ? 0 : Integer.parseInt(length)), StandardCharsets.UTF_8);
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
            return head.toString().toLowerCase(Locale.ROOT);
        }

        private static @Nullable String field(String head, String name) {
            return head.lines()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse(null);
        }

        void close() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How many answers were that text. */
    long answered(String text) {
        AtomicLong count = answers.get(text);
        return count == null ? 0 : count.get();
    }

    /** How many answers there were. */
    long answered() {
        return answers.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** What went wrong. */
    Queue<String> failures() {
        return failures;
    }

    /** Lets the requests under way come to their end. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Override
    public void close() {
        stopped = true;
    }
}
