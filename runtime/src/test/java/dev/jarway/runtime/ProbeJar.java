package dev.jarway.runtime;

import java.util.Arrays;
import java.util.Random;

/** JARs of one plugin, {@code probe}, that answers every request with a text. All of them are of the same size. */
final class ProbeJar {
    /** Optional, so that requests reach the service when there is no such plugin. */
    static final String OPTIONAL = GatewayFixture.filters("{ plugin: probe, optional: true }");

    private static final int SIZE = 20_000;
    private static final int COMMENT_LENGTH = 2;

    private ProbeJar() {}

    /** The bytes of the JAR that answers so. */
    static byte[] saying(String text) {
        return padded(FilterSource.answering("probe", "1.0.0", text).bytes());
    }

    /** With a comment at its end, as ZIPs may have one. */
    static byte[] padded(byte[] jar) {
        byte[] padding = new byte[SIZE - jar.length];
        new Random(1).nextBytes(padding);
        byte[] padded = Arrays.copyOf(jar, SIZE);
        System.arraycopy(padding, 0, padded, jar.length, padding.length);
        padded[jar.length - COMMENT_LENGTH] = (byte) padding.length;
        padded[jar.length - COMMENT_LENGTH + 1] = (byte) (padding.length >> Byte.SIZE);
        return padded;
    }
}
