package dev.jarway.plugin;

import java.util.Optional;

/**
 * The entry point of a plugin JAR: the one class the gateway looks for, and the maker of every {@link Plugin} in it.
 *
 * <p>A JAR names exactly one factory, in {@code META-INF/services/dev.jarway.plugin.PluginFactory}. The class is public
 * and has a public constructor without parameters. The gateway makes one factory for each loaded JAR and calls
 * {@link #create} once for each configuration of the plugin.
 *
 * <pre>{@code
 * public final class MockResponse implements PluginFactory<MockResponse.Config> {
 *     public record Config(@NotBlank String content, @Min(200) @Max(599) int status) {}
 *
 *     @Override public Class<Config> configType() { return Config.class; }
 *
 *     @Override public FilterPlugin create(Config config, PluginContext context) {
 *         var response = LocalResponse.of(config.status(), config.content());
 *         return exchange -> new Filter() {
 *             @Override public Action onRequestHeaders(Request request) { return Action.respond(response); }
 *         };
 *     }
 * }
 * }</pre>
 *
 * @param <C> the configuration: a record whose components are text, numbers, booleans, {@link java.time.Duration}
 *     (written {@code 500ms}), {@link java.net.URI}, enums, other records, and lists and maps of these. Each has to be given
 *     unless it has a {@link Default} or is an {@link java.util.Optional} of such a type
 */
public interface PluginFactory<C extends Record> {

    /**
     * The record that this plugin's configuration is bound to.
     *
     * <p>Its JSON Schema is made from its components and their {@code jakarta.validation} annotations. Configuration that
     * breaks the schema, unknown keys included, is refused before {@link #create} is called.
     */
    Class<C> configType();

    /**
     * Makes one configured plugin.
     *
     * <p>Called off the event loop, so it may block and do I/O, and before anything is published: if it throws, the whole
     * change is refused and the gateway goes on as it was. It must return within the deadline that the operator has set
     * for it ({@code plugins.createTimeout}, 10 seconds if not set); after that the thread is interrupted and the change
     * is refused.
     *
     * @param config checked against the schema of {@link #configType()}
     * @param context what the gateway gives to this plugin; all that is obtained from it is released when the plugin closes
     * @throws Exception to refuse the configuration; the message is shown to the operator
     */
    Plugin create(C config, PluginContext context) throws Exception;

    /** On which threads the filters of this factory are called. {@link Execution#EVENT_LOOP} if not overridden. */
    default Execution executes() {
        return Execution.EVENT_LOOP;
    }

    /**
     * The record in which a consumer's credential for this plugin is written, if this plugin finds out who is calling.
     *
     * <p>The record has exactly one component marked {@link Index}; {@link Consumers#find} looks consumers up by it.
     *
     * <pre>{@code
     * public record Credential(@Index @NotBlank String key) {}
     *
     * @Override public Optional<Class<? extends Record>> credentialType() { return Optional.of(Credential.class); }
     * }</pre>
     */
    default Optional<Class<? extends Record>> credentialType() {
        return Optional.empty();
    }
}
