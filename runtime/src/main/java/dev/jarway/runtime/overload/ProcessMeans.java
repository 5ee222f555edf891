package dev.jarway.runtime.overload;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/** The means of this process: the heap as each collection of all of it leaves it, the descriptors as they are counted each second. */
public final class ProcessMeans implements Means, AutoCloseable {
    private static final long COUNT_EVERY_MILLIS = 1000;

    /** After which the old generation is as full as before, of garbage too. */
    private static final String YOUNG_ALONE = "end of minor GC";

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final NotificationListener listener = (told, handback) -> collected(told);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-means").factory());

    private volatile int heap;
    private volatile int descriptors;

    private ProcessMeans() {}

    /** Begins to watch them. */
    public static ProcessMeans watch() {
        ProcessMeans means = new ProcessMeans();
        collectors().forEach(collector -> collector.addNotificationListener(means.listener, null, null));
        var unused = means.thread.scheduleAtFixedRate(means::count, 0, COUNT_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return means;
    }

    private static Iterable<NotificationEmitter> collectors() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .filter(NotificationEmitter.class::isInstance)
                .map(NotificationEmitter.class::cast)
                .toList();
    }

    @Override
    public int heap() {
        return heap;
    }

    @Override
    public int descriptors() {
        return descriptors;
    }

    private void collected(Notification told) {
        if (!told.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                || !(told.getUserData() instanceof CompositeData data)) {
            return;
        }
        GarbageCollectionNotificationInfo collection = GarbageCollectionNotificationInfo.from(data);
        if (collection.getGcAction().equals(YOUNG_ALONE)) {
            return;
        }
        long used = collection.getGcInfo().getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> heapPools.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
        heap = percent(used, Runtime.getRuntime().maxMemory());
    }

    /** To count them takes one; where none is left the JDK throws, and a task that has thrown would not be run again. */
    private void count() {
        try {
            if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
                descriptors = percent(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount());
            }
        } catch (RuntimeException | Error e) {
            descriptors = 100;
        }
    }

    private static int percent(long part, long whole) {
        return whole <= 0 ? 0 : (int) (part * 100 / whole);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        for (NotificationEmitter collector : collectors()) {
            try {
                collector.removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                // It is gone, which is what was wanted.
            }
        }
    }
}
