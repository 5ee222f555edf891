package dev.jarway.loader.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Live threads that run a plugin's code, or carry its class loader. */
final class Threads implements Holder {
    private static final int SHOWN_FRAMES = 5;

    @Override
    public List<String> find(ClassLoader loader) {
        List<String> found = new ArrayList<>();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            Thread thread = entry.getKey();
            boolean carries = thread.getContextClassLoader() == loader;
            boolean ofPlugin = thread.getClass().getClassLoader() == loader;
            boolean runs = Arrays.stream(entry.getValue())
                    .anyMatch(frame ->
                            loader.getName() != null && loader.getName().equals(frame.getClassLoaderName()));
            if (carries || ofPlugin || runs) {
                found.add("thread '" + thread.getName() + "' (" + thread.getState() + ") at " + top(entry.getValue()));
            }
        }
        return found;
    }

    private static String top(StackTraceElement[] stack) {
        return Arrays.stream(stack).limit(SHOWN_FRAMES).map(String::valueOf).collect(Collectors.joining(" < "));
    }
}
