package dev.jarway.runtime.rollout;

/** What an operator may want of a rollout. */
public enum Command {
    /** Give the target all requests now. */
    PROMOTE,
    /** Give the version before all requests back now. */
    ABORT,
    /** Stay at this step. */
    PAUSE,
    /** Go on after a pause; or after a rollback, begin anew. */
    RESUME
}
