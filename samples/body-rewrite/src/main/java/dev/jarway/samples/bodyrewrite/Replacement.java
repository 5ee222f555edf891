package dev.jarway.samples.bodyrewrite;

import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** One text in place of another, found wherever it stands, also across the border of two pieces. */
final class Replacement {
    private final byte[] find;
    private final byte[] replace;

    /** For each number of matched bytes, how many still match when the next one does not (Knuth, Morris and Pratt). */
    private final int[] fallback;

    Replacement(String find, String replace) {
        this.find = find.getBytes(StandardCharsets.UTF_8);
        this.replace = replace.getBytes(StandardCharsets.UTF_8);
        this.fallback = fallback(this.find);
    }

    /** Whether a body can be rewritten: a compressed one or a part of one cannot. */
    static boolean fits(Headers headers) {
        return !headers.contains("content-encoding") && !headers.contains("content-range");
    }

    Pass newPass() {
        return new Pass();
    }

    private static int[] fallback(byte[] find) {
        var fallback = new int[find.length];
        for (int i = 1, matched = 0; i < find.length; i++) {
            while (matched > 0 && find[i] != find[matched]) {
                matched = fallback[matched];
            }
            if (find[i] == find[matched]) {
                matched++;
            }
            if (i + 1 < find.length) {
                fallback[i + 1] = matched;
            }
        }
        return fallback;
    }

    /** The way through one body. What it holds back is always the beginning of {@code find}, so a number tells it. */
    final class Pass {
        private int matched;

        /** The bytes to send for the next piece. */
        Bytes next(Bytes piece, boolean last) {
            var out = new ByteArrayOutputStream(piece.length() + find.length);
            for (int i = 0; i < piece.length(); i++) {
                match(piece.at(i), out);
            }
            if (last) {
                out.write(find, 0, matched);
                matched = 0;
            }
            return Bytes.of(out.toByteArray());
        }

        private void match(byte next, ByteArrayOutputStream out) {
            while (matched > 0 && find[matched] != next) {
                out.write(find, 0, matched - fallback[matched]);
                matched = fallback[matched];
            }
            if (find[matched] != next) {
                out.write(next);
            } else if (++matched == find.length) {
                out.writeBytes(replace);
                matched = 0;
            }
        }
    }
}
