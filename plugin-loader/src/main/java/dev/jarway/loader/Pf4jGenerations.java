package dev.jarway.loader;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginManager;
import org.pf4j.Plugin;
import org.pf4j.PluginDependency;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginWrapper;

/**
 * PF4J, as it sees generations: each is a plugin of its own under an id like {@code mock-response@1.2.0#7}, since PF4J allows
 * one version for each id. Not thread-safe; the {@link dev.jarway.loader.PluginLoader}'s thread owns it.
 */
final class Pf4jGenerations extends DefaultPluginManager {
    /** What a path about to be loaded is: PF4J asks for descriptor and class loader by path. */
    private final Map<Path, Generation> arriving = new ConcurrentHashMap<>();

    /** A generation about to be loaded. */
    record Generation(PluginDescription description, String pf4jId, List<String> dependencies, ClassLoader loader) {}

    Pf4jGenerations(Path directory) {
        super(List.of(directory));
    }

    /** Loads and starts a generation under its id. */
    void add(Path directory, Generation generation) {
        // PF4J wants a path of its own for each plugin, and two generations may share their file.
        Path path = directory.resolve(generation.pf4jId());
        arriving.put(path, generation);
        try {
            loadPlugin(path);
            startPlugin(generation.pf4jId());
        } finally {
            arriving.remove(path);
        }
    }

    /** Stops and unloads it; its class loader is closed by that. */
    void remove(String pf4jId) {
        try {
            stopPlugin(pf4jId);
        } finally {
            unloadPlugin(pf4jId);
        }
    }

    @Override
    public String loadPlugin(Path path) {
        PluginWrapper wrapper = loadPluginFromPath(path);
        resolvePlugins();
        return wrapper.getPluginId();
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path path) {
                return new Descriptor(generation(path));
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                return generation(path).loader();
            }
        };
    }

    /** Plugins of the contract have no PF4J class; their code runs elsewhere, behind the boundary. */
    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin() {};
    }

    private Generation generation(Path path) {
        @Nullable Generation generation = arriving.get(path);
        if (generation == null) {
            throw new PluginRuntimeException("no generation is arriving as " + path);
        }
        return generation;
    }

    private record Descriptor(Generation generation) implements PluginDescriptor {

        @Override
        public String getPluginId() {
            return generation.pf4jId();
        }

        @Override
        public String getPluginDescription() {
            return generation.description().description();
        }

        @Override
        public String getPluginClass() {
            return Plugin.class.getName();
        }

        @Override
        public String getVersion() {
            return generation.description().version();
        }

        @Override
        public String getRequires() {
            return "*"; // Held against the contract before, with a better message.
        }

        @Override
        public String getProvider() {
            return generation.description().provider();
        }

        @Override
        public String getLicense() {
            return "";
        }

        @Override
        public List<PluginDependency> getDependencies() {
            return generation.dependencies().stream()
                    .<PluginDependency>map(ExactDependency::new)
                    .toList();
        }
    }

    /** A dependency on one generation. PF4J would read the {@code @} in its id as the beginning of a range. */
    private static final class ExactDependency extends PluginDependency {
        private final String pf4jId;

        ExactDependency(String pf4jId) {
            super("generation");
            this.pf4jId = pf4jId;
        }

        @Override
        public String getPluginId() {
            return pf4jId;
        }

        @Override
        public String getPluginVersionSupport() {
            return "*";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ExactDependency that && pf4jId.equals(that.pf4jId);
        }

        @Override
        public int hashCode() {
            return Objects.hash(pf4jId);
        }
    }
}
