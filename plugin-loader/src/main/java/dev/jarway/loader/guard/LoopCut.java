package dev.jarway.loader.guard;

/** What is thrown into a loop whose call has run past its limit. An error, so that few plugins catch it by accident. */
public final class LoopCut extends Error {
    private static final long serialVersionUID = 1L;

    LoopCut() {
        super("cut off: the call ran past its limit");
    }
}
