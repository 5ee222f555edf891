package dev.jarway.samples.bodyrewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.plugin.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplacementTest {

    @ParameterizedTest
    @CsvSource({
        "cat, dog, the cat and the cat",
        "cat, dog, cacat",
        "aab, x, aaaab aab",
        "abab, x, ababab abababab",
        "aa, a, aaaaa",
        "abcabd, x, abcabcabd",
        "x, xx, xxx",
        "cat, '', concatenate",
        "für, naïve, Rat für Rätsel",
        "gone, x, nothing to find",
    })
    void findsMatchesWhereverThePiecesEnd(String find, String replace, String text) {
        var expected = text.replace(find, replace);
        byte[] body = text.getBytes(StandardCharsets.UTF_8);

        for (int size = 1; size <= body.length; size++) {
            assertThat(rewritten(new Replacement(find, replace), body, size))
                    .as("pieces of %s bytes", size)
                    .isEqualTo(expected);
        }
    }

    @Test
    void doesAsStringReplaceDoesOnAnyText() {
        var random = new Random(7);
        for (int round = 0; round < 5_000; round++) {
            var find = text(random, 1 + random.nextInt(6));
            var text = text(random, random.nextInt(60));

            var rewritten = rewritten(new Replacement(find, "-"), text.getBytes(StandardCharsets.UTF_8), 3);

            assertThat(rewritten).as("%s in %s", find, text).isEqualTo(text.replace(find, "-"));
        }
    }

    @Test
    void holdsBackNoMoreThanWhatMayBecomeAMatch() {
        var pass = new Replacement("needle", "pin").newPass();

        assertThat(pass.next(Bytes.utf8("hay need"), false).asUtf8()).isEqualTo("hay ");
        assertThat(pass.next(Bytes.utf8("y nee"), false).asUtf8()).isEqualTo("needy ");
        assertThat(pass.next(Bytes.utf8("dle hay"), false).asUtf8()).isEqualTo("pin hay");
        assertThat(pass.next(Bytes.utf8("n"), true).asUtf8()).isEqualTo("n");
    }

    @Test
    void leavesBytesThatAreNoTextAsTheyAre() {
        byte[] body = {(byte) 0xFF, 'a', (byte) 0xC3, 'b', 0};

        var rewritten = new Replacement("b", "c").newPass().next(Bytes.of(body), true);

        assertThat(rewritten.toArray()).containsExactly(0xFF, 'a', 0xC3, 'c', 0);
    }

    private static String rewritten(Replacement replacement, byte[] body, int size) {
        var pass = replacement.newPass();
        var out = new StringBuilder();
        // In ISO 8859-1, so that a character may be cut in two on its way.
        for (int from = 0; from < body.length; from += size) {
            var piece = Bytes.of(Arrays.copyOfRange(body, from, Math.min(from + size, body.length)));
            out.append(new String(pass.next(piece, false).toArray(), StandardCharsets.ISO_8859_1));
        }
        out.append(new String(pass.next(Bytes.empty(), true).toArray(), StandardCharsets.ISO_8859_1));
        return new String(out.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static String text(Random random, int length) {
        return random.ints(length, 'a', 'c')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
