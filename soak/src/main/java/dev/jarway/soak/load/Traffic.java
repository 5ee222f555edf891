package dev.jarway.soak.load;

import io.vertx.core.Future;

/** One kind of traffic. Its methods are called on an event loop of its own. */
interface Traffic {

    /** Begins; complete once its connections are open. */
    Future<?> start();

    /** Begins nothing more; what is under way goes on. */
    void rest();

    /** Ends its streams and connections. */
    void end();
}
