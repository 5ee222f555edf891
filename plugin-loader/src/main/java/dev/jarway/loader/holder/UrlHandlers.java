package dev.jarway.loader.holder;

import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's factories and handlers of URLs, which the JVM keeps for good. They are taken away, so that the plugin's next
 * generation can register its own: a factory can be set only once.
 */
final class UrlHandlers implements Place {

    @Override
    public String kind() {
        return "url-handler";
    }

    @Override
    public List<String> clean(Suspect suspect) throws ReflectiveOperationException {
        var removed = new ArrayList<String>();
        clear(suspect, "URLStreamHandlerFactory", JdkField.of(URL.class, "factory"), removed);
        clear(suspect, "ContentHandlerFactory", JdkField.of(URLConnection.class, "factory"), removed);
        clear(suspect, "FileNameMap", JdkField.of(URLConnection.class, "fileNameMap"), removed);
        forget(
                suspect,
                "handler of protocol",
                JdkField.of(URL.class, "handlers").of(null),
                removed);
        forget(
                suspect,
                "handler of content",
                JdkField.of(URLConnection.class, "handlers").of(null),
                removed);
        return removed;
    }

    private static void clear(Suspect suspect, String name, JdkField field, List<String> removed)
            throws IllegalAccessException {
        Object found = field.of(null);
        if (found != null && suspect.owns(found)) {
            field.set(null, null);
            removed.add(name + " " + found.getClass().getName());
        }
    }

    private static void forget(Suspect suspect, String name, @Nullable Object handlers, List<String> removed) {
        if (handlers instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : List.copyOf(map.entrySet())) {
                if (suspect.owns(entry.getValue())) {
                    map.remove(entry.getKey());
                    removed.add(name + " '" + entry.getKey() + "': "
                            + entry.getValue().getClass().getName());
                }
            }
        }
    }
}
