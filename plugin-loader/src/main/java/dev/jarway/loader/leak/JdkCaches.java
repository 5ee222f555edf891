package dev.jarway.loader.leak;

import java.beans.Introspector;
import java.util.List;
import java.util.ResourceBundle;

/** Caches of the JDK that remember classes: emptied in any case, since they fill again by themselves. */
final class JdkCaches implements Holder {

    @Override
    public List<String> clean(ClassLoader loader) {
        ResourceBundle.clearCache(loader);
        Introspector.flushCaches();
        return List.of();
    }

    @Override
    public List<String> find(ClassLoader loader) {
        return List.of();
    }
}
