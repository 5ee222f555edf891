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
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * The means of this process: the heap as each collection of all of it leaves it, the descriptors as they are counted each second.
 */
public final class ProcessMeans implements Means, AutoCloseable {
    private static final long COUNT_EVERY_MILLIS = 1000;

    private final Set<String> heapPools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getName)
            .collect(Collectors.toSet());
    private final NotificationListener listener = (told, handback) -> collected(told);
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-means").factory());

    private final IntSupplier connections;
    private volatile int heap;
    private volatile Count counted = new Count(0, 1, 0);

    /** How many descriptors were open, of how many that may be, and how many of these were connections. */
    private record Count(long open, long most, int connections) {}

    private ProcessMeans(IntSupplier connections) {
        this.connections = connections;
    }

    /**
     * Begins to watch them.
     *
     * @param connections how many of those that were accepted are open
     */
    public static ProcessMeans watch(IntSupplier connections) {
        ProcessMeans means = new ProcessMeans(connections);
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

    /** As counted, and by how many connections there are more or fewer since: in a second, many can come. */
    @Override
    public int descriptors() {
        Count now = counted;
        return percent(now.open() + connections.getAsInt() - now.connections(), now.most());
    }

    /**
     * Whether the heap is what is in use after that. After a collection of the young generation the old one is as full as before,
     * of garbage too; and pauses of a concurrent collection are told of before it has freed anything.
     */
    static boolean isOfAll(String collector, String action) {
        return action.equals("end of major GC") || (action.equals("end of GC cycle") && !collector.contains("Minor"));
    }

    private void collected(Notification told) {
        if (!told.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)
                || !(told.getUserData() instanceof CompositeData data)) {
            return;
        }
        GarbageCollectionNotificationInfo collection = GarbageCollectionNotificationInfo.from(data);
        if (!isOfAll(collection.getGcName(), collection.getGcAction())) {
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
                int before = connections.getAsInt();
                counted = new Count(system.getOpenFileDescriptorCount(), system.getMaxFileDescriptorCount(), before);
            }
        } catch (RuntimeException | Error e) {
            counted = new Count(1, 1, connections.getAsInt());
        }
    }

    private static int percent(long part, long whole) {
        return whole <= 0 ? 0 : (int) (Math.max(0, part) * 100 / whole);
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
