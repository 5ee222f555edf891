package dev.jarway.runtime.balance;

/** A request's right to be under way at a service, which it gives back exactly once. */
public interface Permit {
    /** Where nothing is limited. */
    Permit FREE = () -> {};

    /** Gives it back. From any thread. */
    void giveBack();
}
