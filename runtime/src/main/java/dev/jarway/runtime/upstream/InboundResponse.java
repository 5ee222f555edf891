package dev.jarway.runtime.upstream;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.streams.ReadStream;

/** An endpoint's final response as it comes in, on a connection of whichever version of HTTP. Belongs to one event loop. */
interface InboundResponse {

    /** Its status. */
    int status();

    /** Its fields, which are whoever's to change who has it. */
    MultiMap fields();

    /** How long its body is, where it is certain that nothing else comes after that; -1 if it is not. */
    long length();

    /** Its body, paused. Over HTTP/2, one may come where there can be none. */
    ReadStream<Buffer> body();

    /** The fields after its body, once that has come to its end. */
    MultiMap trailers();

    /** The connection, once it has switched to another protocol. */
    NetSocket socket();
}
