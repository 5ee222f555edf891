package dev.jarway.runtime.snapshot;

import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.boundary.Boundary;
import dev.jarway.loader.boundary.PluginFault;
import dev.jarway.plugin.Execution;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.runtime.config.RecordSchema;
import dev.jarway.runtime.observability.VersionFigures;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be said of a generation before any Plugin of it is made: the schema of its configuration and how it wants to be
 * called. Let go together with the generation, since schemas know its classes.
 *
 * @param generation whose type this is
 * @param config of its configuration
 * @param credential of the credentials that it finds consumers by, if it does
 * @param execution where its filters are called
 * @param figures how it does
 */
public record PluginType(
        LoadedPlugin generation,
        RecordSchema<?> config,
        Optional<CredentialType<?>> credential,
        Execution execution,
        VersionFigures figures) {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /**
     * Asks a generation's factory.
     *
     * @param loops how many event loops will call it
     * @throws PluginFault if it throws or does not answer
     * @throws IllegalArgumentException if one of its records cannot be made a schema of; the message names the component
     */
    static PluginType of(LoadedPlugin generation, Boundary boundary, int loops) {
        PluginFactory<?> factory = generation.factory();
        return boundary.call(generation, "configType", LIMIT, () -> {
            Optional<? extends Class<? extends Record>> credential = factory.credentialType();
            return new PluginType(
                    generation,
                    RecordSchema.of(factory.configType()),
                    credential.map(CredentialType::of),
                    factory.executes(),
                    new VersionFigures(loops));
        });
    }

    /** Id and version. */
    String name() {
        return generation.description().id() + "@" + generation.description().version();
    }
}
