package dev.jarway.runtime.upstream;

import dev.jarway.runtime.exchange.Provisional;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A request that is being sent to an endpoint, on a connection of whichever version of HTTP. Belongs to one event loop. */
interface OutboundRequest {

    /** Whoever waits for what becomes of a request. Told nothing any more once it has left. */
    interface Listener {
        /** A response before the final one has come. */
        void provisional(Provisional response);

        /** The final response has begun to come; its body waits until it is asked for. */
        void responded(InboundResponse response);

        /** The connection has broken, or what comes on it cannot be understood, and no response has begun. */
        void broken(Throwable cause, Mishap mishap);
    }

    /**
     * Says what is to be sent, before anything else.
     *
     * @param chunked whether a body follows whose length is not known
     */
    void begin(UpstreamRequest message, boolean chunked, Listener listener);

    /** Sends the head alone, and asks the endpoint whether it wants the body (RFC 9110 section 10.1.1). */
    void expectContinue();

    /** Writes a piece of the body, behind the head if that has not been sent, and says whether the endpoint takes more at once. */
    boolean write(Buffer piece);

    /** Has this run when the endpoint takes more again. */
    void whenDrained(Runnable further);

    /** Writes the last piece of the body, which may be empty, and what follows it. */
    void end(Buffer piece, @Nullable MultiMap trailers);

    /** Sends the head of a request to switch to another protocol, which has no end. */
    void upgrade();

    /**
     * A body comes as the response.
     *
     * @param taker whether all that has come of it is taken, and more is waited for
     */
    void bodyComes(BooleanSupplier taker);

    /** Others use its connection too, or will: they had better not if nobody is there any more. */
    void demandLife(Duration within);

    /** Nothing more is sent, and nobody listens any more. */
    void leave();

    /** Gives it up, unless both it and its response have come to their ends: its connection, or its stream, is closed. */
    void cancel();
}
