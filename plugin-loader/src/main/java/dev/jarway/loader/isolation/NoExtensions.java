package dev.jarway.loader.isolation;

import java.util.List;
import java.util.Set;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;

/** PF4J's extensions, of which there are none: a plugin has one entry, and that is found elsewhere. */
final class NoExtensions implements ExtensionFinder {

    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
        return List.of();
    }

    @Override
    public <T> List<ExtensionWrapper<T>> find(Class<T> type, String pluginId) {
        return List.of();
    }

    @Override
    @SuppressWarnings("rawtypes") // as PF4J declares it
    public List<ExtensionWrapper> find(String pluginId) {
        return List.of();
    }

    @Override
    public Set<String> findClassNames(String pluginId) {
        return Set.of();
    }
}
