package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bodies far larger than what the gateway may hold of them, and readers that are slower than senders. The sizes are those of a
 * quick look; a long one is {@code -Djarway.backpressure.mib=1024 -Djarway.backpressure.rate=1}, in MiB and MiB a second.
 */
class BackPressureTest {
    private static final long MIB = 1024 * 1024;
    private static final long TOTAL = Long.getLong("jarway.backpressure.mib", 192) * MIB;
    private static final long RATE = Long.getLong("jarway.backpressure.rate", 48) * MIB;

    /** What is seen first: the gateway has grown to what it needs for any traffic by then. */
    private static final long WARM = 64 * MIB;

    private static final long MOST_GROWTH = 32 * MIB;
    private static final byte[] PIECE = new byte[64 * 1024];

    @TempDir
    Path directory;

    private RawUpstream upstream;
    private GatewayProcess gateway;

    @BeforeEach
    void start() throws Exception {
        upstream = new RawUpstream(BackPressureTest::serve);
        Files.createDirectories(directory.resolve("plugins"));
        Files.writeString(directory.resolve("jarway.yaml"), """
                listeners:
                  - { name: web, host: 127.0.0.1, port: 0, protocols: [h1, h2c], limits: { body: 4000000000 } }
                admin: { port: 0 }
                services: [{ name: raw, endpoints: [{ url: "%s" }] }]
                routes: [{ name: raw, service: raw }]
                """.formatted(upstream.url()));
        gateway = GatewayProcess.gateway(directory);
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    /** A GET is answered with as many octets as its path says; of a POST, the body is read, slowly after a while. */
    private static void serve(RawUpstream.Talk talk) throws Exception {
        while (true) {
            String head = talk.head();
            if (head.startsWith("get /")) {
                long octets = Long.parseLong(head.substring(5, head.indexOf(' ', 5)));
                talk.send("HTTP/1.1 200 OK\r\ncontent-length: " + octets + "\r\n\r\n");
                pour(talk.socket().getOutputStream(), octets);
            } else {
                int at = head.indexOf("content-length: ") + 16;
                sip(talk.in(), Long.parseLong(head.substring(at, head.indexOf('\r', at))), () -> 0);
                talk.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            }
        }
    }

    @Test
    void holdsLittleOfAResponse() throws Exception {
        try (RawExchange client = new RawExchange(gateway.port("web"))) {
            client.send("GET /" + WARM + " HTTP/1.1\r\nhost: h\r\n\r\n");
            client.until("\r\n\r\n");
            sip(client.in(), WARM, this::resident);
            long before = resident();
            client.send("GET /" + TOTAL + " HTTP/1.1\r\nhost: h\r\n\r\n");
            client.until("\r\n\r\n");

            assertThat(sip(client.in(), TOTAL, this::resident) - before).isLessThan(MOST_GROWTH);
        }
    }

    @Test
    void leavesLittleOfAResponseInTheQueuesOfTheSystem() throws Exception {
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port("web")));
            client.getOutputStream()
                    .write(("GET /" + 8 * MIB + " HTTP/1.1\r\nhost: h\r\n\r\n").getBytes(StandardCharsets.US_ASCII));

            // All that can be is under way by then.
            await().until(() -> queued(client), new Unchanged(20)::is);

            assertThat(queued(client)).isBetween(1L, MIB / 2);
        }
    }

    /** The octets that wait on the gateway's side of this connection, in the operating system. */
    private long queued(Socket client) throws IOException {
        String ends = "%04X %04X".formatted(gateway.port("web"), client.getLocalPort());
        for (String file : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            for (String line : Files.readAllLines(Path.of(file))) {
                String[] columns = line.strip().split("\\s+", -1);
                if (ends.equals(port(columns[1]) + " " + port(columns[2]))) {
                    return Long.parseLong(columns[4].substring(0, 8), 16);
                }
            }
        }
        return 0;
    }

    private static String port(String address) {
        return address.substring(address.indexOf(':') + 1);
    }

    /** Whether something but nothing has been seen so often, one time after the other. */
    private static final class Unchanged {
        private final int times;
        private long last;
        private int seen;

        Unchanged(int times) {
            this.times = times;
        }

        boolean is(long now) {
            seen = now > 0 && now == last ? seen + 1 : 0;
            last = now;
            return seen >= times;
        }
    }

    @Test
    void holdsLittleOfARequest() throws Exception {
        try (RawExchange client = new RawExchange(gateway.port("web"))) {
            upload(client, WARM);
            long before = resident();

            assertThat(upload(client, TOTAL) - before).isLessThan(MOST_GROWTH);
        }
    }

    private long upload(RawExchange client, long octets) throws Exception {
        client.send("POST / HTTP/1.1\r\nhost: h\r\ncontent-length: " + octets + "\r\n\r\n");
        long most = 0;
        for (long sent = 0; sent < octets; sent += PIECE.length) {
            client.send(PIECE);
            if (sent % (8 * MIB) == 0) {
                most = Math.max(most, resident());
            }
        }
        assertThat(client.answer(false).status()).isEqualTo(200);
        return Math.max(most, resident());
    }

    @Test
    void holdsLittleOfAResponseOverHttp2() throws Exception {
        try (Http2Connection connection = new Http2Connection(gateway.port("web"))) {
            sip(connection, WARM);
            long before = resident();

            assertThat(sip(connection, TOTAL) - before).isLessThan(MOST_GROWTH);
        }
    }

    /** Takes pieces at the rate, one after the other. */
    private long sip(Http2Connection connection, long octets) throws Exception {
        HttpClientResponse response = connection.begin("/" + octets);
        Taking taking = new Taking(octets);
        response.handler(piece -> taking.take(piece.length()));
        response.endHandler(end -> taking.take(0));
        long most = 0;
        long began = System.nanoTime();
        while (!taking.done()) {
            if (taking.isDue(began)) {
                response.fetch(1);
            }
            assertThat(taking.isStuck()).isFalse();
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            if (taking.isMark()) {
                most = Math.max(most, resident());
            }
        }
        response.fetch(1);
        return Math.max(most, resident());
    }

    @Test
    void holdsLittleOfARequestOverHttp2() throws Exception {
        try (Http2Connection connection = new Http2Connection(gateway.port("web"))) {
            upload(connection, WARM);
            long before = resident();

            assertThat(upload(connection, TOTAL) - before).isLessThan(MOST_GROWTH);
        }
    }

    private long upload(Http2Connection connection, long octets) throws Exception {
        HttpClientRequest request = connection.request(HttpMethod.POST, "/");
        request.putHeader("content-length", Long.toString(octets));
        Buffer piece = Buffer.buffer(PIECE);
        long most = 0;
        for (long sent = PIECE.length; sent < octets; sent += PIECE.length) {
            request.write(piece).await(20, TimeUnit.SECONDS);
            if (sent % (8 * MIB) == 0) {
                most = Math.max(most, resident());
            }
        }
        request.end(piece).await(20, TimeUnit.SECONDS);
        assertThat(request.response().await(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        return Math.max(most, resident());
    }

    /** How much has been taken of a response, told by one thread to another. */
    private static final class Taking {
        private final long octets;
        private volatile long taken;
        private volatile boolean asked;
        private long askedAt;
        private long mark;

        Taking(long octets) {
            this.octets = octets;
        }

        @SuppressWarnings("NonAtomicVolatileUpdate") // By the one thread of the client.
        void take(int length) {
            taken += length;
            asked = false;
        }

        boolean done() {
            return taken >= octets;
        }

        boolean isDue(long began) {
            if (asked || taken > RATE * ((System.nanoTime() - began) / 1e9) + PIECE.length) {
                return false;
            }
            asked = true;
            askedAt = System.nanoTime();
            return true;
        }

        boolean isStuck() {
            return asked && System.nanoTime() - askedAt > PATIENCE.toNanos();
        }

        boolean isMark() {
            boolean reached = taken >= mark;
            mark = reached ? taken + 8 * MIB : mark;
            return reached;
        }
    }

    private interface Gauge {
        long read() throws IOException;
    }

    private static void pour(OutputStream out, long octets) throws IOException {
        for (long sent = 0; sent < octets; sent += PIECE.length) {
            out.write(PIECE);
        }
    }

    /** Reads that much at the rate, and says what most stood on the gauge meanwhile. */
    private static long sip(InputStream in, long octets, Gauge gauge) throws IOException {
        byte[] piece = new byte[PIECE.length];
        long began = System.nanoTime();
        long most = 0;
        long mark = 0;
        for (long read = 0; read < octets; ) {
            int length = in.read(piece, 0, (int) Math.min(piece.length, octets - read));
            if (length < 0) {
                throw new IOException("closed after " + read);
            }
            read += length;
            long early = (long) (read * 1e9 / RATE) - (System.nanoTime() - began);
            if (early > 0) {
                LockSupport.parkNanos(early);
            }
            if (read >= mark) {
                mark += 8 * MIB;
                most = Math.max(most, gauge.read());
            }
        }
        return Math.max(most, gauge.read());
    }

    /** What the gateway has in memory, in octets. */
    private long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + gateway.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        throw new IOException("the gateway has gone");
    }
}
