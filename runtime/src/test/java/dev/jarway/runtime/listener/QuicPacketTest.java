package dev.jarway.runtime.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What the beginning of a packet says of whose it is. */
class QuicPacketTest {
    private static final String GIVEN = "0003" + "11".repeat(18);

    private static int owner(String hex) {
        return QuicPacket.owner(Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex)));
    }

    @Test
    void findsTheSocketInAnIdThatASocketHasGiven() {
        assertThat(owner("40" + GIVEN + "ffff")).isEqualTo(3);
        // Initial with a token, Handshake.
        assertThat(owner("c0" + "00000001" + "14" + GIVEN + "00" + "02aabb")).isEqualTo(3);
        assertThat(owner("e0" + "00000001" + "14" + GIVEN + "00" + "4010")).isEqualTo(3);
    }

    @Test
    void takesAnInitialPacketWithoutATokenForTheBeginning() {
        assertThat(owner("c0" + "00000001" + "08" + "0003111111111111" + "00" + "00" + "4010"))
                .isEqualTo(QuicPacket.NEW);
        assertThat(owner("c0" + "00000001" + "14" + GIVEN + "04" + "abcdef01" + "4000" + "4010"))
                .isEqualTo(QuicPacket.NEW);
        assertThat(owner("c0" + "00000001" + "14" + GIVEN + "04" + "abcdef01" + "c000000000000000" + "4010"))
                .isEqualTo(QuicPacket.NEW);
    }

    @Test
    void knowsNothingOfWhatIsCutShort() {
        String whole = "e0" + "00000001" + "14" + GIVEN + "00";
        for (int bytes = 0; bytes < 26; bytes++) {
            assertThat(owner(whole.substring(0, 2 * bytes))).isEqualTo(QuicPacket.UNKNOWN);
        }
        assertThat(owner("40" + GIVEN.substring(2))).isEqualTo(QuicPacket.UNKNOWN);
        assertThat(owner("e0" + "00000001" + "08" + "0003111111111111" + "00" + "4010"))
                .isEqualTo(QuicPacket.UNKNOWN);
    }
}
