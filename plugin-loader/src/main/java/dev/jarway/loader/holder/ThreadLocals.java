package dev.jarway.loader.holder;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values of thread locals, of threads that live on, which lead to a plugin's classes, or whose variable is of a plugin's class.
 * They are not removed: that can be done by the thread alone.
 */
final class ThreadLocals implements Place {
    /** Where Netty's threads keep their own sort of thread locals. */
    static final String OF_NETTY = "threadLocalMap";

    private static final String NETTY_THREAD = "io.netty.util.concurrent.FastThreadLocalThread";

    @Override
    public String kind() {
        return "thread-local";
    }

    @Override
    public List<String> find(Suspect suspect) throws ReflectiveOperationException {
        var found = new ArrayList<String>();
        Set<Thread> threads = Thread.getAllStackTraces().keySet();
        for (String variables : List.of("threadLocals", "inheritableThreadLocals")) {
            var map = JdkField.of(Thread.class, variables);
            for (Thread thread : threads) {
                search(suspect, thread, map.of(thread), found);
            }
        }
        for (Thread thread : threads) {
            var way = new Trail(suspect).from(ofNetty(thread));
            way.ifPresent(it -> found.add("of thread '" + thread.getName() + "': " + it));
        }
        return found;
    }

    private static void search(Suspect suspect, Thread thread, @Nullable Object map, List<String> found)
            throws ReflectiveOperationException {
        if (map == null || !(JdkField.of(map.getClass(), "table").of(map) instanceof Object[] table)) {
            return;
        }
        for (Object entry : table) {
            if (entry instanceof Reference<?> reference) {
                Object value = JdkField.of(entry.getClass(), "value").of(entry);
                why(suspect, reference.get(), value)
                        .ifPresent(why -> found.add("of thread '" + thread.getName() + "': " + why));
            }
        }
    }

    private static Optional<String> why(Suspect suspect, @Nullable Object variable, @Nullable Object value) {
        if (value != null && suspect.owns(value)) {
            return Optional.of("a " + value.getClass().getName());
        }
        if (value != null && variable != null && suspect.owns(variable)) {
            return Optional.of("variable " + variable.getClass().getName());
        }
        return new Trail(suspect).from(value);
    }

    private static @Nullable Object ofNetty(Thread thread) throws ReflectiveOperationException {
        for (Class<?> type = thread.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(NETTY_THREAD)) {
                return JdkField.of(type, OF_NETTY).of(thread);
            }
        }
        return null;
    }
}
