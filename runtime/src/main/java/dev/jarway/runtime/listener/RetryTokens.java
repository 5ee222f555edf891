package dev.jarway.runtime.listener;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.quic.QuicTokenHandler;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * The proof of clients that they receive what is sent to their address (RFC 9000 section 8.1.2): a token which they get in place of
 * an answer, and come again with. Nobody else can make one, so nobody has answers sent to somebody else. Of one event loop.
 */
final class RetryTokens implements QuicTokenHandler {
    static final String ALGORITHM = "HmacSHA256";

    /** Clients come again at once. */
    private static final long VALID_MILLIS = TimeUnit.SECONDS.toMillis(30);

    private static final int MAC_LENGTH = 16;
    private static final int HEAD = Long.BYTES + MAC_LENGTH;

    private final Mac mac;

    RetryTokens(SecretKey key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing (expected: every JDK has it)", e);
        }
    }

    @Override
    public boolean writeToken(ByteBuf token, ByteBuf id, InetSocketAddress client) {
        long now = now();
        byte[] bytes = bytes(id);
        token.writeLong(now).writeBytes(sign(now, client, bytes)).writeBytes(bytes);
        return true;
    }

    @Override
    public int validateToken(ByteBuf token, InetSocketAddress client) {
        if (token.readableBytes() <= HEAD) {
            return -1;
        }
        long written = token.getLong(token.readerIndex());
        byte[] signature = new byte[MAC_LENGTH];
        token.getBytes(token.readerIndex() + Long.BYTES, signature);
        byte[] id = bytes(token.slice(token.readerIndex() + HEAD, token.readableBytes() - HEAD));
        long age = now() - written;
        boolean valid = age >= 0 && age < VALID_MILLIS && MessageDigest.isEqual(signature, sign(written, client, id));
        return valid ? HEAD : -1;
    }

    @Override
    public int maxTokenLength() {
        return HEAD + QuicPacket.ID_LENGTH;
    }

    private static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    private byte[] sign(long time, InetSocketAddress client, byte[] id) {
        for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            mac.update((byte) (time >>> shift));
        }
        byte[] address = client.getAddress().getAddress();
        mac.update((byte) address.length);
        mac.update(address);
        mac.update((byte) (client.getPort() >>> Byte.SIZE));
        mac.update((byte) client.getPort());
        mac.update(id);
        return Arrays.copyOf(mac.doFinal(), MAC_LENGTH);
    }
}
