package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Threads that the JDK starts when somebody first needs them, and keeps. They take the context class loader of whoever that
 * was, and have no use for it. Where it is a plugin's, it is put back to the system's.
 */
final class JdkThreads implements Place {
    private static final Set<String> NAMES = Set.of(
            "ForkJoinPool.commonPool-delayScheduler",
            "CompletableFutureDelayScheduler",
            "Common-Cleaner",
            "Keep-Alive-Timer",
            "process reaper");

    @Override
    public String kind() {
        return "jdk-thread";
    }

    @Override
    public List<String> clean(Suspect suspect) {
        var cleaned = new ArrayList<String>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (NAMES.contains(thread.getName())
                    && thread.getClass().getClassLoader() == null
                    && suspect.isAbove(thread.getContextClassLoader())) {
                thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
                cleaned.add("context class loader of thread '" + thread.getName() + "'");
            }
        }
        return cleaned;
    }
}
