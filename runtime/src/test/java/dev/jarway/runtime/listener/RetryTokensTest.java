package dev.jarway.runtime.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whom a token proves to receive what is sent to him. */
class RetryTokensTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 4433);
    private static final byte[] ID = "12345678".getBytes(StandardCharsets.US_ASCII);

    private final QuicPort port = new QuicPort();

    private static ByteBuf token(RetryTokens tokens) {
        ByteBuf token = Unpooled.buffer(tokens.maxTokenLength());
        assertThat(tokens.writeToken(token, Unpooled.wrappedBuffer(ID), CLIENT)).isTrue();
        assertThat(token.readableBytes()).isLessThanOrEqualTo(tokens.maxTokenLength());
        return token;
    }

    @Test
    void provesItToEachSocketOfThePortAndRemembersTheFirstId() {
        ByteBuf token = token(port.tokens());

        int id = port.tokens().validateToken(token, CLIENT);

        assertThat(id).isPositive();
        assertThat(token.slice(id, token.readableBytes() - id)).isEqualTo(Unpooled.wrappedBuffer(ID));
    }

    @Test
    void provesNothingOfAnotherAddressOrAnotherPort() throws UnknownHostException {
        RetryTokens tokens = port.tokens();
        ByteBuf token = token(tokens);

        assertThat(tokens.validateToken(
                        token, new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 4433)))
                .isEqualTo(-1);
        assertThat(tokens.validateToken(token, new InetSocketAddress(InetAddress.getLoopbackAddress(), 4434)))
                .isEqualTo(-1);
        assertThat(new QuicPort().tokens().validateToken(token, CLIENT)).isEqualTo(-1);
    }

    @Test
    void provesNothingOnceAnyBitOfItIsAnother() {
        RetryTokens tokens = port.tokens();
        ByteBuf token = token(tokens);

        for (int i = 0; i < token.readableBytes() * 8; i++) {
            ByteBuf changed = token.copy();
            changed.setByte(i / 8, changed.getByte(i / 8) ^ (1 << (i % 8)));
            assertThat(tokens.validateToken(changed, CLIENT)).isEqualTo(-1);
        }
    }

    @Test
    void provesNothingCutShort() {
        RetryTokens tokens = port.tokens();
        ByteBuf token = token(tokens);

        for (int length = 0; length < token.readableBytes(); length++) {
            assertThat(tokens.validateToken(token.slice(0, length), CLIENT)).isEqualTo(-1);
        }
    }
}
