package dev.jarway.benchmarks;

import java.io.IOException;

/** A proxy that is measured. */
interface Peer {
    /** As the table and the command line call it. */
    String name();

    /** Which it is; asked before it is started. */
    String version() throws IOException;

    /** Whether five filters run in it: a request id, a list of addresses, a key, a limit of requests, changes to header fields. */
    boolean filters();

    /** Starts it on {@link Cores#PROXY}. Fails with a {@link MissingException} where this machine does not have it. */
    Server start(Site site) throws IOException, InterruptedException;

    /** That a peer is not installed. */
    final class MissingException extends IOException {
        private static final long serialVersionUID = 1L;

        MissingException(String what) {
            super(what);
        }
    }
}
