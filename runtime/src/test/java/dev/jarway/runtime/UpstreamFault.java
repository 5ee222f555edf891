package dev.jarway.runtime;

import dev.jarway.runtime.HostileUpstream.Script;

/**
 * One way in which a service may answer badly, and what the client is to see of it.
 *
 * @param method of the request
 * @param expected what the client sees
 * @param code the failure's code in the problem document, or the relayed body
 */
record UpstreamFault(String name, String method, Script script, Expected expected, int status, String code) {

    /** What becomes of it. */
    enum Expected {
        /** The client is answered by the gateway, and the connection is not used again. */
        REFUSED,
        /** The client sees an answer break off, and the connection is not used again. */
        BROKEN_OFF,
        /** The client sees the answer without what was wrong with it, and the connection is not used again. */
        RELAYED_ONCE,
        /** The client sees the answer; nothing is wrong with it after all. */
        RELAYED
    }

    /** Bytes that cannot be understood. */
    static UpstreamFault invalid(String name, String answer) {
        return refused(name, Script.answering(answer), "UPSTREAM_INVALID");
    }

    static UpstreamFault refused(String name, Script script, String code) {
        int status = code.equals("UPSTREAM_TIMEOUT") ? 504 : 502;
        return new UpstreamFault(name, "GET", script, Expected.REFUSED, status, code);
    }

    static UpstreamFault brokenOff(String name, Script script) {
        return new UpstreamFault(name, "GET", script, Expected.BROKEN_OFF, 200, "");
    }

    static UpstreamFault relayedOnce(String name, Script script, String body) {
        return new UpstreamFault(name, "GET", script, Expected.RELAYED_ONCE, 200, body);
    }

    static UpstreamFault relayed(String name, Script script, String body) {
        return new UpstreamFault(name, "GET", script, Expected.RELAYED, 200, body);
    }

    UpstreamFault to(String otherMethod, int otherStatus) {
        return new UpstreamFault(name, otherMethod, script, expected, otherStatus, code);
    }

    @Override
    public String toString() {
        return name;
    }
}
