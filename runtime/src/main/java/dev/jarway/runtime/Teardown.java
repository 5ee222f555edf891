package dev.jarway.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a gateway has started, to be stopped in reverse order. One step that fails does not keep the others from running. */
final class Teardown {
    private static final Logger log = LoggerFactory.getLogger(Teardown.class);

    private final Deque<Step> steps = new ArrayDeque<>();

    /** How to stop something. */
    interface Step {
        void run() throws Exception;
    }

    /** How to stop that thing. */
    interface Stop<T> {
        void stop(T thing) throws Exception;
    }

    /** Notes how to stop a thing that has just been started, and gives it back. */
    <T> T after(T thing, Stop<T> stop) {
        steps.push(() -> stop.stop(thing));
        return thing;
    }

    /** Stops everything. More than once does nothing more; a second thread waits for the first. */
    synchronized void run() {
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                log.warn("Something could not be stopped properly", e);
            }
        }
    }
}
