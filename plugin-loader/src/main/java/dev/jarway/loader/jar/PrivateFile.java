package dev.jarway.loader.jar;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The way in which a file of the private directory comes into being. Tests put full disks here. */
interface PrivateFile {

    /** Makes the file; the caller closes it. */
    OutputStream create(Path file) throws IOException;
}
