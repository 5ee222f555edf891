package dev.jarway.loader.holder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Threads that run a plugin's code, or would load its classes. They are not stopped: nobody can do that safely. Virtual threads
 * are not in any list, so they are not found.
 */
final class LiveThreads implements Place {

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
        var frame = Arrays.stream(stack)
                .filter(element -> suspect.defined(element.getClassName()))
                .findFirst();
        if (frame.isPresent()) {
            return Optional.of("runs " + frame.get());
        }
        if (suspect.owns(thread)) {
            return Optional.of("is of class " + thread.getClass().getName() + at(stack));
        }
        if (thread.getContextClassLoader() == suspect.classLoader()) {
            return Optional.of("has the plugin's context class loader" + at(stack));
        }
        return Optional.empty();
    }

    private static String at(StackTraceElement[] stack) {
        return stack.length == 0 ? "" : ", at " + stack[0];
    }
}
