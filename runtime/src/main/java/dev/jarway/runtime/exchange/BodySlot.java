package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Bytes;
import org.jspecify.annotations.Nullable;

/** The place of a collected body, open to a filter only while it is being shown that body. */
final class BodySlot {
    private boolean open;
    private @Nullable Bytes body;

    void open(Bytes collected) {
        open = true;
        body = collected;
    }

    void replace(Bytes replacement) {
        if (!open) {
            throw new IllegalStateException(
                    "the body cannot be replaced now (expected: in the method that is given it)");
        }
        body = replacement;
    }

    /** Ends the showing, and gives what is the body now. */
    Bytes close() {
        Bytes last = body == null ? Bytes.empty() : body;
        open = false;
        body = null;
        return last;
    }
}
