package dev.jarway.loader.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pf4j.AbstractPluginManager;
import org.pf4j.CompoundPluginRepository;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/**
 * PF4J, cut to what is used of it: the register of what is loaded, its life cycle and its graph of dependencies. It looks for no
 * files, reads no manifest and makes no object of a plugin's class.
 */
final class Pf4jGenerations extends AbstractPluginManager {
    // Looked into by parts that the superclass makes before these fields are set, but used only after.
    private final HostGate gate = new HostGate();
    private final Map<Path, Candidate> candidates = new HashMap<>();

    GenerationClassLoader load(Candidate candidate) {
        Path path = candidate.jar().file();
        candidates.put(path, candidate);
        try {
            String id = loadPlugin(path);
            startPlugin(id);
            return (GenerationClassLoader) getPluginClassLoader(id);
        } finally {
            candidates.remove(path);
        }
    }

    // By id, because stopPlugins() may leave one out; and stopped first, to keep it out of the list of started ones.
    void unload(String id) {
        stopPlugin(id);
        unloadPlugin(id);
    }

    // Two generations of the same bytes share their file.
    @Override
    protected @Nullable String idForPath(Path pluginPath) {
        return null;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path pluginPath) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path pluginPath) {
                return new GenerationDescriptor(candidate(pluginPath));
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path pluginPath) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path pluginPath, PluginDescriptor descriptor) {
                try {
                    return new GenerationClassLoader(Pf4jGenerations.this, descriptor, gate, candidate(pluginPath));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    private Candidate candidate(Path path) {
        return Objects.requireNonNull(candidates.get(path), "candidate");
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new CompoundPluginRepository();
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin() {};
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new NoExtensions();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new NeverDisabled();
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }
}
