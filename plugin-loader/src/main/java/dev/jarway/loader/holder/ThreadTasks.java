package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;

/**
 * What live threads of one sort still have to do for a plugin: the tasks of a timer, of an executor, of a cleaner. They are not
 * taken away: the timer or the executor may be somebody else's.
 */
final class ThreadTasks implements Place {
    private final String kind;
    private final String needed;
    private final Predicate<Thread> sort;

    /**
     * The tasks of threads of that sort.
     *
     * @param needed a class whose fields lead from such a thread to its tasks
     */
    private ThreadTasks(String kind, String needed, Predicate<Thread> sort) {
        this.kind = kind;
        this.needed = needed;
        this.sort = sort;
    }

    static ThreadTasks ofTimers() {
        return new ThreadTasks("timer", "java.util.TimerThread", ThreadTasks::isTimer);
    }

    static ThreadTasks ofCleaners() {
        return new ThreadTasks("cleaner", "jdk.internal.ref.CleanerImpl", ThreadTasks::isCleaner);
    }

    static ThreadTasks ofExecutors() {
        return new ThreadTasks(
                "task", "java.util.concurrent.ThreadPoolExecutor", thread -> !isTimer(thread) && !isCleaner(thread));
    }

    private static boolean isTimer(Thread thread) {
        return thread.getClass().getName().equals("java.util.TimerThread");
    }

    private static boolean isCleaner(Thread thread) {
        return thread.getName().matches("(Common-)?Cleaner(-\\d+)?");
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public List<String> find(Suspect suspect) throws ReflectiveOperationException {
        JdkField.demandOpen("java.lang.Thread", needed);
        var trail = new Trail(suspect);
        var found = new ArrayList<String>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (sort.test(thread) && !suspect.owns(thread)) {
                trail.from(thread).ifPresent(way -> found.add("of thread '" + thread.getName() + "': " + way));
            }
        }
        if (kind.equals("task")) {
            trail.from(ForkJoinPool.commonPool()).ifPresent(way -> found.add("of the common pool: " + way));
        }
        return found;
    }
}
