package dev.jarway.runtime.admission;

import dev.jarway.runtime.failure.GatewayFailure;
import java.nio.charset.StandardCharsets;

/** A look at the requests of one connection. Any number of them may follow each other. */
final class RequestScan extends WireScan {
    /** RFC 9112 section 2.2 wants one to be ignored. */
    private static final int MOST_EMPTY_LINES = 1;

    private static final byte[] HEAD = "HEAD ".getBytes(StandardCharsets.US_ASCII);

    private final Door door;
    private int emptyLines;
    private boolean head;

    RequestScan(Door door) {
        super(door.limits());
        this.door = door;
    }

    @Override
    void firstLine(byte[] line, int length, int next) {
        if (length == 0) {
            if (++emptyLines > MOST_EMPTY_LINES) {
                throw WireLines.bad("request line: empty");
            }
            over(next);
            return;
        }
        head = lineBegins(HEAD);
        begun(WireLines.checkRequestLine(line, length));
        emptyLines = 0;
    }

    /** Whether the request under way is one whose answer has no body, as far as it can be told. */
    boolean isHead() {
        return state() == State.FIRST_LINE ? lineBegins(HEAD) : head;
    }

    @Override
    void headEnded(int next) {
        body(next, State.IDLE);
    }

    @Override
    GatewayFailure reached(Limit limit, String most) {
        return door.reached(limit, most);
    }
}
