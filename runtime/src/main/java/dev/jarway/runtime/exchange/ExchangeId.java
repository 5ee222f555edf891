package dev.jarway.runtime.exchange;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A source of exchange ids: 128 random bits each, so that they differ among all gateways. Belongs to one event loop. */
public final class ExchangeId {
    private static final HexFormat HEX = HexFormat.of();

    private final SplittableRandom random = new SplittableRandom(new SecureRandom().nextLong());
    private final long loop = new SecureRandom().nextLong();

    /** An id that has not been given before: 32 hexadecimal digits. */
    public String next() {
        return HEX.toHexDigits(random.nextLong() ^ loop) + HEX.toHexDigits(random.nextLong());
    }
}
