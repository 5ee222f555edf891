package dev.jarway.soak.subject;

import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.Mark;
import dev.jarway.soak.measure.Vitals;
import java.util.Set;

/** A gateway under test: processes of their own, that change while they serve. */
public interface Subject extends AutoCloseable {

    /** As in the table, with its version. */
    String name();

    /** Where it serves, on loopback. */
    int port();

    /** Which traffic it can take. */
    Set<Kind> kinds();

    /** What can be swapped. */
    Set<Mark> marks();

    /** Whether it ends streams on what was replaced once the drain deadline has passed, rather than keep both for ever. */
    boolean endsStreams();

    /**
     * Swaps, and returns when it is acknowledged that no new request sees what was before.
     *
     * @param number that responses tell from then on
     * @throws SwapRefused if it did not come about
     */
    void swap(Mark mark, long number) throws Exception;

    /** Clears away what a swap has left over and an operator would clear away; not part of the swap. */
    default void tidy(Mark mark, long number) throws Exception {}

    /** Swaps a configuration of 1,000 routes more, of which one has changed; false where that is not measured. */
    default boolean swapOneRouteOfMany(long number, int round) throws Exception {
        return false;
    }

    /** How many generations are in use while nothing is being swapped. */
    int inUse();

    /** What its processes hold now. */
    Vitals vitals() throws Exception;

    /** Ends it. */
    @Override
    void close();
}
