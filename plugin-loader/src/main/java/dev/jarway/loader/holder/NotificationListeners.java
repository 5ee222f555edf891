package dev.jarway.loader.holder;

import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;

/** A plugin's listeners at the JVM's own MBeans, such as a garbage collector's. They are removed. */
final class NotificationListeners implements Place {

    @Override
    public String kind() {
        return "notification-listener";
    }

    @Override
    public List<String> clean(Suspect suspect) throws ReflectiveOperationException {
        if (!suspect.knows("javax.management.NotificationListener")) {
            return List.of();
        }
        var removed = new ArrayList<String>();
        for (PlatformManagedObject bean : beans()) {
            for (NotificationListener listener : listeners(bean)) {
                if (suspect.owns(listener) && remove(bean, listener)) {
                    removed.add(
                            bean.getObjectName() + ": " + listener.getClass().getName());
                }
            }
        }
        return removed;
    }

    private static List<PlatformManagedObject> beans() {
        return Stream.concat(
                        Stream.of(ManagementFactory.getMemoryMXBean()),
                        ManagementFactory.getGarbageCollectorMXBeans().stream())
                .filter(NotificationEmitter.class::isInstance)
                .map(PlatformManagedObject.class::cast)
                .toList();
    }

    private static List<NotificationListener> listeners(Object bean) throws ReflectiveOperationException {
        var list = JdkField.of("sun.management.NotificationEmitterSupport", "listenerList");
        var listener = JdkField.of("sun.management.NotificationEmitterSupport$ListenerInfo", "listener");
        var found = new ArrayList<NotificationListener>();
        if (list.of(bean) instanceof List<?> registrations) {
            for (Object registration : registrations) {
                if (listener.of(registration) instanceof NotificationListener one) {
                    found.add(one);
                }
            }
        }
        return found;
    }

    private static boolean remove(PlatformManagedObject bean, NotificationListener listener) {
        try {
            ((NotificationEmitter) bean).removeNotificationListener(listener);
            return true;
        } catch (ListenerNotFoundException e) {
            // It was there twice, and both went with the first.
            return false;
        }
    }
}
