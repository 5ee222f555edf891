package dev.jarway.runtime.admission;

import dev.jarway.runtime.config.LimitsConfig;
import dev.jarway.runtime.failure.GatewayFailure;

/** A look at the responses of one connection to a service: to one request at a time, and nothing without a request. */
final class ResponseScan extends WireScan {
    /** What a proxy has to let pass (RFC 9110 section 15.2), but not without end. */
    private static final int SWITCHING_PROTOCOLS = 101;

    private boolean toHead;
    private int status;
    private int provisional;
    private boolean switched;

    ResponseScan(LimitsConfig limits) {
        super(limits);
        allOver();
    }

    /** A request has been sent; {@code head} says whether by the method HEAD. */
    void expect(boolean head) {
        toHead = head;
        provisional = 0;
        await();
    }

    /** Whether what follows is of another protocol. */
    boolean switched() {
        return switched;
    }

    @Override
    void firstLine(byte[] line, int length, int next) {
        boolean http11 = WireLines.checkStatusLine(line, length);
        status = WireLines.status(line);
        if (status < 200 && ++provisional > ResponseGuard.MOST_PROVISIONALS) {
            throw WireLines.bad("more than " + ResponseGuard.MOST_PROVISIONALS + " provisional answers");
        }
        begun(http11);
    }

    /** RFC 9112 section 6.3. */
    @Override
    void headEnded(int next) {
        if (status == SWITCHING_PROTOCOLS) {
            switched = true;
            over(next);
        } else if (status < 200) {
            super.over(next);
        } else if (toHead || status == 204 || status == 304) {
            over(next);
        } else {
            body(next, State.TO_END);
        }
    }

    @Override
    void over(int next) {
        super.over(next);
        allOver();
    }

    @Override
    GatewayFailure reached(Limit limit, String most) {
        String what = limit == Limit.REQUEST_LINE ? "status line" : limit.key();
        return WireLines.bad(what + ": too much (expected: at most " + most + ")");
    }
}
