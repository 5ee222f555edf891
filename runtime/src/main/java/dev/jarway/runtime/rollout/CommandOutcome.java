package dev.jarway.runtime.rollout;

/** What has become of a command. */
public enum CommandOutcome {
    /** It is in force, and written down. */
    DONE,

    /** It makes no sense in the state that the rollout is in. */
    SENSELESS,

    /** The configuration has other terms for the rollout by now, or none; nobody goes by the one that was meant. */
    REPLACED
}
