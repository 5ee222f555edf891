package dev.jarway.runtime.host;

import dev.jarway.plugin.Consumers;
import dev.jarway.plugin.PluginIdentity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host for plugins of a test; it closes the contexts it has made. */
final class HostFixture implements AutoCloseable {
    static final Consumers NOBODY = index -> Optional.empty();

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MemoryValues values = new MemoryValues(1024 * 1024);
    final HostServices services = new HostServices(meters, values, Map.of("DB_PASSWORD", "s3cret"));
    private final List<HostContext> contexts = new ArrayList<>();

    static PluginIdentity identity(String id, long generation) {
        return new PluginIdentity(id, "1.0.0", generation);
    }

    HostContext context() {
        return context("mock", 1);
    }

    HostContext context(String id, long generation) {
        return context(id, generation, HostFixture.class.getClassLoader());
    }

    HostContext context(String id, long generation, ClassLoader loader) {
        var context = new HostContext(services, identity(id, generation), loader, NOBODY, Map.of());
        contexts.add(context);
        return context;
    }

    @Override
    public void close() {
        contexts.forEach(HostContext::close);
        services.close();
        meters.close();
    }
}
