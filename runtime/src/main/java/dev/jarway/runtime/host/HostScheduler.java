package dev.jarway.runtime.host;

import static java.util.Objects.requireNonNull;

import dev.jarway.plugin.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;

/** The tasks of one Plugin. */
final class HostScheduler implements Scheduler {
    private final Lifetime lifetime;
    private final ScheduledExecutorService timer;
    private final Set<PlannedTask> tasks = new HashSet<>();

    HostScheduler(Lifetime lifetime, ScheduledExecutorService timer) {
        this.lifetime = lifetime;
        this.timer = timer;
    }

    @Override
    public Task after(Duration delay, Runnable work) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: >= 0)");
        }
        return plan(delay, work, false);
    }

    @Override
    public Task every(Duration period, Runnable work) {
        if (!period.isPositive()) {
            throw new IllegalArgumentException("period: " + period + " (expected: > 0)");
        }
        return plan(period, work, true);
    }

    /** Takes all tasks out of the plan, interrupts those that are running, and gives their threads. */
    List<Thread> end() {
        List<PlannedTask> left;
        synchronized (tasks) {
            left = new ArrayList<>(tasks);
            tasks.clear();
        }
        return left.stream().flatMap(task -> task.end().stream()).toList();
    }

    void forget(PlannedTask task) {
        synchronized (tasks) {
            tasks.remove(task);
        }
    }

    private Task plan(Duration delay, Runnable work, boolean repeats) {
        requireNonNull(work, "work");
        var task = new PlannedTask(this, lifetime, timer, new PlannedTask.Plan(delay, work, repeats));
        synchronized (tasks) {
            lifetime.check();
            tasks.add(task);
        }
        task.plan();
        return task;
    }
}
