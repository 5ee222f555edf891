package dev.jarway.samples.filediscovery;

import dev.jarway.plugin.Default;
import dev.jarway.plugin.DiscoveryPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import java.nio.file.Path;
import java.time.Duration;

/** Finds the endpoints of a service in a file, one a line, and follows its changes. Shows what a discovery has to do. */
public final class FileDiscovery implements PluginFactory<FileDiscovery.Config> {

    /**
     * Which file.
     *
     * @param path of the file; relative to the directory that the gateway was started in
     * @param every how often it is looked at
     */
    public record Config(Path path, @Default("1s") Duration every) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public DiscoveryPlugin create(Config config, PluginContext context) {
        return endpoints -> {
            var file = new EndpointFile(config.path());
            // What cannot be read now refuses the change; later, the last that could be read holds.
            endpoints.replace(file.read());
            context.scheduler().every(config.every(), () -> {
                try {
                    file.readAgain().ifPresent(endpoints::replace);
                } catch (Exception e) {
                    context.logger().warn("{} is not taken over: {}", config.path(), e.getMessage());
                }
            });
        };
    }
}
