package dev.jarway.runtime.host;

import dev.jarway.plugin.Scheduler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of a plugin: it stands in the timer, or it runs on a virtual thread, or it is out. The timer's own thread does no
 * more than start that virtual thread, for it is the timer of all plugins.
 */
final class PlannedTask implements Scheduler.Task {
    private static final Logger log = LoggerFactory.getLogger(PlannedTask.class);

    private final HostScheduler scheduler;
    private final Lifetime lifetime;
    private final PluginCode code;
    private final ScheduledExecutorService timer;
    private final Plan plan;

    private @Nullable Future<?> waiting;
    private @Nullable Thread running;
    private boolean out;

    PlannedTask(HostScheduler scheduler, Lifetime lifetime, ScheduledExecutorService timer, Plan plan) {
        this.scheduler = scheduler;
        this.lifetime = lifetime;
        this.code = lifetime.code();
        this.timer = timer;
        this.plan = plan;
    }

    synchronized void plan() {
        if (!out) {
            waiting = timer.schedule(this::begin, TimeUnit.NANOSECONDS.convert(plan.delay()), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void cancel() {
        leavePlan();
        scheduler.forget(this);
    }

    /** As {@link #cancel}, and interrupts the run that is under way, if there is one. */
    synchronized Optional<Thread> end() {
        leavePlan();
        if (running != null) {
            running.interrupt();
        }
        return Optional.ofNullable(running);
    }

    private synchronized void leavePlan() {
        out = true;
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
    }

    private synchronized void begin() {
        waiting = null;
        if (!out) {
            running = code.thread("task", this::run);
            running.start();
        }
    }

    private void run() {
        try {
            plan.work().run();
        } catch (Throwable e) {
            report(e);
        }
        boolean again;
        synchronized (this) {
            running = null;
            again = plan.repeats() && !out;
        }
        if (again) {
            plan();
        } else {
            scheduler.forget(this);
        }
    }

    private void report(Throwable thrown) {
        if (lifetime.over()) {
            log.debug("Plugin {}: a task ended with the plugin: {}", lifetime.identity(), ThrownText.of(thrown));
            return;
        }
        log.warn("Plugin {}: a task failed: {}", lifetime.identity(), ThrownText.of(thrown));
    }

    /** What to do, and when. */
    record Plan(Duration delay, Runnable work, boolean repeats) {}
}
