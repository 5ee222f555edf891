package dev.jarway.runtime.watch;

import java.io.IOException;
import java.nio.file.Path;

/** The way to read a kind of file. It leaves nothing open. */
interface FileReader<C> {

    /** Reads a regular file. */
    Reading<C> read(Path path) throws IOException;

    /** Whether the content itself tells that nothing is missing. If not, the file's history has to. */
    boolean seesTheEnd();

    /** What stands for the content of a file that cannot be read. */
    C unreadable(Path path, String reason);
}
