package dev.jarway.plugin;

import java.time.Duration;

/**
 * Runs a plugin's work later or again and again, on a virtual thread, so it may block. What a task throws is logged, and
 * does not end its repetition. All tasks end when the plugin closes; one that is running then is interrupted.
 */
public interface Scheduler {

    /** Once, after that time. */
    Task after(Duration delay, Runnable work);

    /** Again and again: first after one period, then one period after each end, so never twice at once. */
    Task every(Duration period, Runnable work);

    /** Work that has been planned. */
    interface Task {

        /** Takes it out of the plan; a run that has begun goes on. No effect if it is out already. */
        void cancel();
    }
}
