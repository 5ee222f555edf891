package dev.jarway.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compressed WebSocket through the gateway. Autobahn's groups 12 and 13 are about that, but are not in the edition that can be
 * had: these are cases of our own in the same sizes, with the same offers.
 */
class CompressionTest {
    private static final int MESSAGES = 100;
    private static final String OFFER = "permessage-deflate; client_no_context_takeover; client_max_window_bits";
    private static final String NO_CONTEXT = OFFER + "; server_no_context_takeover";

    /** Of a message, and of its frames if it is sent in more than one. */
    private static final int[][] SIZES = {
        {16, 0},
        {64, 0},
        {256, 0},
        {1024, 0},
        {4096, 0},
        {8192, 0},
        {16_384, 0},
        {32_768, 0},
        {65_536, 0},
        {131_072, 0},
        {8192, 256},
        {16_384, 256},
        {32_768, 256},
        {65_536, 256},
        {131_072, 256},
        {131_072, 1024},
        {131_072, 4096},
        {131_072, 32_768}
    };

    private static final List<String> OFFERS = List.of(
            OFFER,
            NO_CONTEXT,
            OFFER + "; server_max_window_bits=9",
            OFFER + "; server_max_window_bits=15",
            NO_CONTEXT + "; server_max_window_bits=9",
            NO_CONTEXT + "; server_max_window_bits=15",
            NO_CONTEXT + "; server_max_window_bits=9, " + NO_CONTEXT + ", " + OFFER);

    private final List<CaseResult> results = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void carriesWhatClientAndServiceCompressAndNegotiatesNothingItself() throws Exception {
        try (WebSocketEcho service = WebSocketEcho.compressing();
                Subject subject = Subject.inFrontOf(service.port(), directory)) {
            int group = 0;
            for (Map.Entry<String, byte[]> data : data().entrySet()) {
                group++;
                run("12." + group, subject.port(), OFFER, negotiated(service, OFFER), data.getValue());
            }
            group = 0;
            for (String offer : OFFERS) {
                group++;
                run("13." + group, subject.port(), offer, negotiated(service, offer), text());
            }

            Tally.of(results).write("compression");
            assertThat(results).hasSize((5 + 7) * SIZES.length);
            assertThat(results).extracting(CaseResult::verdict).containsOnly("OK");
        }
    }

    @Test
    void findsFaultWithServerThatTakesNoOffer() throws Exception {
        try (LoopbackServer server = RudeServer.start()) {
            run("12.1", server.port(), OFFER, "permessage-deflate", text());

            assertThat(results).extracting(CaseResult::verdict).doesNotContain("OK");
        }
    }

    /** What the service says to whom nothing stands between. */
    private static String negotiated(WebSocketEcho service, String offer) throws Exception {
        try (DeflatingClient client = new DeflatingClient(service.port(), offer)) {
            assertThat(client.negotiated()).startsWith("permessage-deflate");
            return client.negotiated();
        }
    }

    private void run(String group, int port, String offer, String negotiated, byte[] data) throws Exception {
        for (int i = 0; i < SIZES.length; i++) {
            results.add(new CaseResult(
                    group, group + "." + (i + 1), verdict(port, offer, negotiated, data, SIZES[i][0], SIZES[i][1])));
        }
    }

    private static String verdict(int port, String offer, String negotiated, byte[] data, int size, int fragment) {
        try (DeflatingClient client = new DeflatingClient(port, offer)) {
            if (!client.negotiated().equals(negotiated)) {
                return "negotiated " + client.negotiated() + " (without the gateway: " + negotiated + ")";
            }
            for (int i = 0; i < MESSAGES; i++) {
                int from = i * 977 % (data.length - size);
                byte[] message = Arrays.copyOfRange(data, from, from + size);
                if (!Arrays.equals(client.exchange(message, fragment), message)) {
                    return "message " + i + " came back as another";
                }
            }
            return "OK";
        } catch (IOException | DataFormatException e) {
            return e.toString();
        }
    }

    private static Map<String, byte[]> data() {
        byte[] noise = new byte[256 * 1024];
        new Random(7).nextBytes(noise);
        byte[] steps = new byte[256 * 1024];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (byte) (i >> 6);
        }
        Map<String, byte[]> data = new LinkedHashMap<>();
        data.put("text", text());
        data.put("noise", noise);
        data.put("steps", steps);
        data.put("zeroes", new byte[256 * 1024]);
        data.put("both", both(text(), noise));
        return data;
    }

    private static byte[] text() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() < 256 * 1024; i++) {
            text.append("{\"id\": ")
                    .append(i * 7919)
                    .append(", \"name\": \"n")
                    .append(i % 97)
                    .append("\"},\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] both(byte[] one, byte[] other) {
        byte[] both = new byte[256 * 1024];
        for (int i = 0; i < both.length; i++) {
            both[i] = (i / 4096 % 2 == 0 ? one : other)[i];
        }
        return both;
    }
}
