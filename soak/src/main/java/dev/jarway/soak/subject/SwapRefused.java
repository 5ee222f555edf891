package dev.jarway.soak.subject;

import java.io.Serial;

/** A swap that should have come about, and did not. */
public final class SwapRefused extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    SwapRefused(String message) {
        super(message);
    }
}
