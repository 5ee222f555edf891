package dev.jarway.runtime.upgrade;

import io.netty.channel.unix.FileDescriptor;
import java.util.Map;

/**
 * What the one gateway in charge of a data directory has, and may do, for as long as it is. Called by one thread at a time,
 * never by an event loop.
 */
public interface Charge {

    /** The sockets on which it listens, by name. */
    Map<String, FileDescriptor> sockets();

    /** Stops changing anything, and gives up the right to. It goes on serving. What it throws ends the upgrade. */
    void layDown() throws Exception;

    /** The successor has failed after all: it is in charge as before. */
    void takeBack() throws Exception;

    /** The successor serves: what is under way is finished, then the gateway ends. Returns at once. */
    void leave();
}
