package dev.jarway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadOctetsTest {
    private final HeadOctets octets = new HeadOctets();

    @Test
    void putsOctetsTextsAndCharactersOneBehindTheOther() {
        octets.put(AsciiString.of("x-name"))
                .put(": ")
                .put("v\u00e4lue")
                .put('!')
                .endLine();

        assertThat(written()).isEqualTo("x-name: v\u00e4lue!\r\n");
    }

    @Test
    void putsAPartOfLargerOctets() {
        octets.put(new AsciiString("--name--".getBytes(StandardCharsets.ISO_8859_1), 2, 4, false));

        assertThat(written()).isEqualTo("name");
    }

    /** The low octet of the first is the end of a line. */
    @Test
    void putsNoOctetsOfCharactersThatAreNone() {
        octets.put("a\u010ab\ud83d\ude00c");

        assertThat(written()).isEqualTo("a?b?c");
    }

    @Test
    void holdsAHeadOfAnyLengthAndThenAnotherOne() {
        String large = "0123456789".repeat(10_000);
        octets.put(large);
        assertThat(written()).isEqualTo(large);

        octets.begin();

        assertThat(octets.put("small").length()).isEqualTo(5);
        assertThat(written()).isEqualTo("small");
    }

    private String written() {
        return octets.to(Unpooled.buffer()).toString(StandardCharsets.ISO_8859_1);
    }
}
