package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Problem;
import java.io.IOException;

/** A listener of a configuration cannot be opened, which is for whoever has written it to mend. */
public final class NotListeningException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** @param listener its index in the configuration */
    public NotListeningException(int listener, IOException cause) {
        super(cause.getMessage(), cause);
        this.problem =
                new Problem("/listeners/" + listener, String.valueOf(cause.getMessage()), "an address that is free");
    }

    Problem problem() {
        return problem;
    }
}
