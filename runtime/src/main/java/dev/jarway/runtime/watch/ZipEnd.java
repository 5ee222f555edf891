package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The record at the end of a ZIP. A JAR that holds another one unpacked looks whole to the JDK when it has been copied as far
 * as that one's end, so here the record has to be the file's last and its directory has to count from the file's beginning.
 * What is valid otherwise, and yet not so (a script in front of it, more bytes behind), only has to wait a little longer.
 */
final class ZipEnd {
    private static final int SIGNATURE = 0x06054b50;
    private static final int LENGTH = 22;
    private static final int DIRECTORY_LENGTH = 12;
    private static final int DIRECTORY_START = 16;
    private static final int COMMENT_LENGTH = 20;
    private static final int LONGEST_COMMENT = 0xffff;

    private ZipEnd() {}

    /** Whether the file ends as a ZIP does that begins where the file begins. */
    static boolean isOf(Path path) throws IOException {
        try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = file.size();
            var tail = ByteBuffer.allocate((int) Math.min(size, LENGTH + LONGEST_COMMENT))
                    .order(ByteOrder.LITTLE_ENDIAN);
            long start = size - tail.capacity();
            while (tail.hasRemaining() && file.read(tail, start + tail.position()) >= 0) {}
            for (int at = tail.position() - LENGTH; at >= 0; at--) {
                if (tail.getInt(at) == SIGNATURE
                        && tail.getShort(at + COMMENT_LENGTH) == (short) (size - start - at - LENGTH)) {
                    long directory = Integer.toUnsignedLong(tail.getInt(at + DIRECTORY_START))
                            + Integer.toUnsignedLong(tail.getInt(at + DIRECTORY_LENGTH));
                    return directory == start + at;
                }
            }
            return false;
        }
    }
}
