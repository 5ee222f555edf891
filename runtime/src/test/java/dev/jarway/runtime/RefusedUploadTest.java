package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upload that one endpoint refuses while it is still on its way, and another takes. */
class RefusedUploadTest {
    /** More than lies in the buffers of a connection that nobody reads from. */
    private static final int BODY = 32 * 1024 * 1024;

    @TempDir
    Path directory;

    private final AtomicBoolean first = new AtomicBoolean(true);

    /** Until the first has read all that it is ever given. */
    private final CountDownLatch refused = new CountDownLatch(1);

    @Test
    void reachesTheSecondEndpointWhole() throws Exception {
        byte[] body = new byte[BODY];
        new Random(1).nextBytes(body);
        try (RawUpstream upstream = new RawUpstream(this::serve);
                GatewayFixture gateway = start(upstream.url());
                RawExchange client = new RawExchange(gateway.port())) {
            client.send("PUT /x HTTP/1.1\r\nhost: a\r\ncontent-length: " + BODY + "\r\n\r\n");
            client.send(Arrays.copyOf(body, 1000));
            await().atMost(PATIENCE).until(() -> upstream.connections() == 2);
            client.send(Arrays.copyOfRange(body, 1000, BODY));

            assertThat(client.answer(false).body()).isEqualTo(hash(body));
        }
    }

    /** The first refuses, never comes to the end of that, and reads on; the second reads only then. */
    private void serve(RawUpstream.Talk talk) throws Exception {
        talk.head();
        if (first.getAndSet(false)) {
            talk.send("HTTP/1.1 503 No\r\ncontent-length: 1000\r\n\r\n");
            drink(talk.in());
        } else {
            refused.await();
            String hash = hash(talk.in().readNBytes(BODY));
            talk.send("HTTP/1.1 200 OK\r\ncontent-length: " + hash.length() + "\r\n\r\n" + hash);
        }
    }

    private void drink(InputStream in) throws IOException {
        try {
            in.skipNBytes(BODY / 2);
        } finally {
            refused.countDown();
        }
    }

    private GatewayFixture start(String url) throws StartException {
        return GatewayFixture.start(
                directory,
                "listeners: [{ name: web, host: 127.0.0.1, port: 0, limits: { body: " + BODY + " } }]\n",
                "  - { name: named, retries: { on: [\"503\"] }, endpoints: [{ url: \"" + url + "\" }] }\n"
                        + "routes: [{ name: all, service: named }]\n");
    }

    private static String hash(byte[] octets) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(octets));
    }
}
