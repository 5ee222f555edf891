package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Threads that run a plugin's code, are of its classes, or would load its classes. They are not stopped: nobody can do that
 * safely.
 */
final class LiveThreads implements Place {
    private static final int MOST_FRAMES = 3;

    @Override
    public String kind() {
        return "thread";
    }

    @Override
    public List<String> find(Suspect suspect) {
        var found = new ArrayList<String>();
        Thread.getAllStackTraces()
                .forEach((thread, stack) -> why(suspect, thread, stack)
                        .ifPresent(why -> found.add("'" + thread.getName() + "' (" + thread.getState() + "): " + why)));
        return found;
    }

    private static Optional<String> why(Suspect suspect, Thread thread, StackTraceElement[] stack) {
        if (suspect.owns(thread)) {
            return Optional.of("is of class " + thread.getClass().getName() + at(stack));
        }
        if (isOfAnother(suspect, thread.getContextClassLoader())) {
            return Optional.empty();
        }
        var frames = Arrays.stream(stack)
                .filter(element -> suspect.defined(element.getClassName()))
                .limit(MOST_FRAMES)
                .map(LiveThreads::text)
                .collect(Collectors.joining(", called by "));
        if (!frames.isEmpty()) {
            return Optional.of("runs " + frames);
        }
        if (suspect.isAbove(thread.getContextClassLoader())) {
            return Optional.of("has the plugin's context class loader" + at(stack));
        }
        return Optional.empty();
    }

    /**
     * Whether that is the class loader of another plugin, or below it. A frame says no more than the name of a class, and other
     * versions of the plugin have classes of that name too.
     */
    private static boolean isOfAnother(Suspect suspect, @Nullable ClassLoader context) {
        for (ClassLoader next = context; next != null; next = next.getParent()) {
            if (next instanceof Suspect && next != suspect.classLoader()) {
                return true;
            }
        }
        return false;
    }

    private static String at(StackTraceElement[] stack) {
        return stack.length == 0 ? "" : ", at " + text(stack[0]);
    }

    /** Without the names of class loader and module. */
    private static String text(StackTraceElement frame) {
        return frame.toString().replaceFirst("^[^(]*/", "");
    }
}
