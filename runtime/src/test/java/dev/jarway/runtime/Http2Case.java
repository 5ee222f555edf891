package dev.jarway.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * A case of the corpus over HTTP/2: a header list as it is, and DATA frames. Refused is what is reset, sent away or answered so.
 */
record Http2Case(List<String[]> fields, List<String> data, String expected) {
    private static final List<String[]> NEXT = List.of(
            new String[] {":method", "GET"},
            new String[] {":scheme", "http"},
            new String[] {":authority", "next"},
            new String[] {":path", "/next"});

    /** Lines are {@code name value}, {@code [DATA text]}. */
    static Http2Case of(FrontLineCase written) {
        List<String[]> fields = new ArrayList<>();
        List<String> data = new ArrayList<>();
        for (String line : written.input().split("\n", -1)) {
            if (line.startsWith("[DATA")) {
                data.add(FrontLineCase.text(line.substring(5, line.length() - 1).strip()));
            } else if (!line.isBlank()) {
                int blank = line.indexOf(' ', 1);
                fields.add(new String[] {
                    FrontLineCase.text(blank < 0 ? line : line.substring(0, blank)),
                    blank < 0 ? "" : FrontLineCase.text(line.substring(blank + 1))
                });
            }
        }
        return new Http2Case(List.copyOf(fields), List.copyOf(data), written.expected());
    }

    /** Runs it, and another request behind it, which it must not take with it. */
    void run(int port, RecordingUpstream upstream) throws Exception {
        upstream.forget();
        try (RawHttp2 client = new RawHttp2(port)) {
            client.headers(1, fields, data.isEmpty());
            for (int i = 0; i < data.size(); i++) {
                client.data(1, data.get(i), i == data.size() - 1);
            }
            String outcome = client.outcome(1);
            if (expected.equals("refused")) {
                assertThat(outcome).matches("reset \\d+|4\\d\\d|501");
                assertThat(upstream.seen()).isEmpty();
                assertThat(upstream.strays()).isEmpty();
            } else if (expected.equals("cut")) {
                assertThat(outcome).matches("reset \\d+|goaway \\d+|4\\d\\d|closed");
                assertThat(upstream.seen()).isEmpty();
            } else if (expected.matches("\\d{3}|reset \\d+")) {
                assertThat(outcome).isEqualTo(expected);
                assertThat(upstream.seen()).isEmpty();
            } else {
                assertThat(outcome).isEqualTo("200");
                Expected.parse(expected + " ; closed").check(upstream);
            }
            client.headers(3, NEXT, true);
            assertThat(client.outcome(3)).as("the next").isEqualTo("200");
        }
    }
}
