package dev.jarway.loader.guard;

/** Ends a plugin's loop. An error, since few plugins catch those; one that does meets it again in its next round. */
final class TimeIsOver extends Error {
    private static final long serialVersionUID = 1;

    TimeIsOver() {
        super("the call's time is over");
    }
}
