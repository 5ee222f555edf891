package dev.jarway.runtime.snapshot;

import java.io.IOException;

/** The last thing that may stop a publication: making it durable. Run by the thread of changes. */
interface BeforePublication {
    /** Does it. If it throws, nothing is published, and {@link #undo} is run. */
    void run() throws IOException;

    /** Takes back what was done, if the publication comes to nothing after all. */
    default void undo() throws IOException {}

    /** Does what has to follow the publication. */
    default void settle() {}
}
