package dev.jarway.runtime.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
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
        int from = length;
        int added = text.length();
        reserve(added);
        if (text instanceof AsciiString octets) {
            System.arraycopy(octets.array(), octets.arrayOffset(), array, from, added);
        } else {
            put(text.toString(), from);
        }
        length = from + added;
        return this;
    }

    private void put(String text, int from) {
        byte[] to = array;
        for (int i = 0; i < text.length(); i++) {
            to[from + i] = AsciiString.c2b(text.charAt(i));
        }
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
