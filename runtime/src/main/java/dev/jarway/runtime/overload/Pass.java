package dev.jarway.runtime.overload;

import java.util.OptionalLong;

/** The right of a request to be under way, which it gives back exactly once. */
public interface Pass {
    /** Where nothing is limited. */
    Pass FREE = new Pass() {
        @Override
        public void answered(boolean well, OptionalLong completeAt) {}

        @Override
        public void giveBack() {}
    };

    /**
     * Its answer has come from the service, or a failure in its place. By this an adaptive limit finds what is bearable.
     *
     * @param completeAt when the last of the request had come, by {@link System#nanoTime}: only from then on it is the service that
     *     takes its time. Empty if that is still to come: nothing can be learned then
     */
    void answered(boolean well, OptionalLong completeAt);

    /** Gives it back: the request is over. */
    void giveBack();
}
