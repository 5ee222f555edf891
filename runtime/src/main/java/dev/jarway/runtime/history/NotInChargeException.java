package dev.jarway.runtime.history;

import java.io.IOException;

/** Nothing is changed any more, since another process takes over from this one, or since this one ends. */
public final class NotInChargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param reason why it is so */
    public NotInChargeException(String reason) {
        super(reason + "; nothing was changed");
    }
}
