package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shutdown hooks that a plugin has registered. They are removed: what they would clean up is closed already. */
final class ShutdownHooks implements Place {

    @Override
    public String kind() {
        return "shutdown-hook";
    }

    @Override
    public List<String> clean(Suspect suspect) throws ReflectiveOperationException {
        var removed = new ArrayList<String>();
        for (Thread hook : hooks(suspect)) {
            if (Runtime.getRuntime().removeShutdownHook(hook)) {
                removed.add(
                        "'" + hook.getName() + "' of class " + hook.getClass().getName());
            }
        }
        return removed;
    }

    @Override
    public List<String> find(Suspect suspect) throws ReflectiveOperationException {
        return hooks(suspect).stream()
                .map(hook ->
                        "'" + hook.getName() + "' of class " + hook.getClass().getName())
                .toList();
    }

    private static List<Thread> hooks(Suspect suspect) throws ReflectiveOperationException {
        Class<?> registry = Class.forName("java.lang.ApplicationShutdownHooks");
        var field = JdkField.of(registry, "hooks");
        var holder = JdkField.of(Thread.class, "holder");
        var task = JdkField.of("java.lang.Thread$FieldHolder", "task");
        var found = new ArrayList<Thread>();
        // The lock that the registry itself uses.
        synchronized (registry) {
            if (field.of(null) instanceof Map<?, ?> hooks) {
                for (Object key : hooks.keySet()) {
                    if (key instanceof Thread hook && isOf(suspect, hook, task.of(holder.of(hook)))) {
                        found.add(hook);
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOf(Suspect suspect, Thread hook, @Nullable Object task) {
        return suspect.owns(hook)
                || suspect.isAbove(hook.getContextClassLoader())
                || (task != null && suspect.owns(task));
    }
}
