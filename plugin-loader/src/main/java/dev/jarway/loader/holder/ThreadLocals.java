package dev.jarway.loader.holder;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of thread locals, of threads that live on, whose class or whose variable's class is a plugin's. */
final class ThreadLocals implements Place {

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
        return found;
    }

    private static void search(Suspect suspect, Thread thread, @Nullable Object map, List<String> found)
            throws ReflectiveOperationException {
        if (map == null || !(JdkField.of(map.getClass(), "table").of(map) instanceof Object[] table)) {
            return;
        }
        for (Object entry : table) {
            if (entry instanceof Reference<?> reference) {
                Object variable = reference.get();
                Object value = JdkField.of(entry.getClass(), "value").of(entry);
                if (value != null && suspect.owns(value)) {
                    found.add("of thread '" + thread.getName() + "': a "
                            + value.getClass().getName());
                } else if (variable != null && suspect.owns(variable)) {
                    found.add("of thread '" + thread.getName() + "': variable "
                            + variable.getClass().getName());
                }
            }
        }
    }
}
