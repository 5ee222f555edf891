package dev.jarway.runtime.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The octets of a head that is being written, in an array that is used for one after the other. Belongs to one thread. */
public final class HeadOctets {
    /** More than almost all heads have. */
    private static final int LENGTH = 1024;

    private byte[] array = new byte[LENGTH];
    private int length;

    /** Begins another head. */
    public void begin() {
        length = 0;
        if (array.length > 16 * LENGTH) {
            array = new byte[LENGTH]; // One that was unusually large is not to stay.
        }
    }

    /** How many there are. */
    public int length() {
        return length;
    }

    /** Puts text there, a character of ISO 8859-1 being an octet; there are no others in a head, and if there were, {@code ?}. */
    public HeadOctets put(CharSequence text) {
        if (text instanceof AsciiString octets) {
            return put(octets.array(), octets.arrayOffset(), octets.length());
        }
        // To make an array costs less than to look at each character.
        byte[] octets = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return put(octets, 0, octets.length);
    }

    private HeadOctets put(byte[] octets, int from, int count) {
        reserve(count);
        System.arraycopy(octets, from, array, length, count);
        length += count;
        return this;
    }

    /** Puts a character there that is one octet. */
    public HeadOctets put(char c) {
        reserve(1);
        array[length++] = AsciiString.c2b(c);
        return this;
    }

    /** Puts the end of a line there. */
    public void endLine() {
        put('\r').put('\n');
    }

    private void reserve(int more) {
        if (array.length - length < more) {
            array = Arrays.copyOf(array, Math.max(2 * array.length, length + more));
        }
    }

    /** Writes them there. */
    public ByteBuf to(ByteBuf buffer) {
        return buffer.writeBytes(array, 0, length);
    }
}
