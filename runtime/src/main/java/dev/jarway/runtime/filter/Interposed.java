package dev.jarway.runtime.filter;

import dev.jarway.plugin.LocalResponse;

/** Breaks a body off because a filter has answered in the middle of it. A signal rather than a failure. */
public final class Interposed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient LocalResponse response;

    Interposed(LocalResponse response) {
        super("answered by a filter", null, false, false);
        this.response = response;
    }

    /** The filter's answer. */
    public LocalResponse response() {
        return response;
    }
}
