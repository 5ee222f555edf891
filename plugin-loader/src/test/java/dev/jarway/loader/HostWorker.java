package dev.jarway.loader;

import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread of the host's, called {@code host-worker}, on which plugins run. They find its executor in the system properties. */
final class HostWorker implements AutoCloseable {
    private static final String PROPERTY = "zoo.host";

    private final ScheduledThreadPoolExecutor executor =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "host-worker"));

    HostWorker() {
        executor.prestartAllCoreThreads();
        executor.setRemoveOnCancelPolicy(true);
        System.getProperties().put(PROPERTY, executor);
    }

    /** Applies the plugin, with its class loader as the context's, as every call into a plugin has it. */
    @SuppressWarnings("unchecked")
    WeakReference<Runnable> leak(LoadedPlugin plugin) {
        return (WeakReference<Runnable>) run(() -> {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(plugin.classLoader());
            try {
                return LoaderFixture.apply(plugin, "");
            } finally {
                thread.setContextClassLoader(before);
            }
        });
    }

    /** Ends the leak, where there is anything left of the plugin. */
    void undo(WeakReference<Runnable> leak) {
        run(() -> {
            Runnable undo = leak.get();
            if (undo != null) {
                undo.run();
            }
            return leak;
        });
    }

    private Object run(Callable<Object> task) {
        try {
            return executor.submit(task).get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        System.getProperties().remove(PROPERTY);
        executor.shutdownNow();
    }
}
