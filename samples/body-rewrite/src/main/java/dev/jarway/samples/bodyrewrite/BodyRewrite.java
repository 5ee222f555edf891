package dev.jarway.samples.bodyrewrite;

import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import jakarta.validation.constraints.NotEmpty;

/**
 * Replaces text in bodies. Shows the two ways of treating one: {@link StreamingRewrite} sees its pieces as they pass,
 * {@link WholeRewrite} waits until all is there.
 */
public final class BodyRewrite implements PluginFactory<BodyRewrite.Config> {

    /**
     * What to replace, where, and how.
     *
     * @param find what to look for, in UTF-8
     * @param replace what to put in its place; may be empty
     */
    public record Config(Mode mode, Direction on, @NotEmpty String find, String replace) {}

    /** How much of a body is looked at in one go. */
    public enum Mode {
        STREAMING,
        WHOLE
    }

    /** Which bodies are looked at. */
    public enum Direction {
        REQUEST,
        RESPONSE,
        BOTH;

        boolean hasRequest() {
            return this != RESPONSE;
        }

        boolean hasResponse() {
            return this != REQUEST;
        }
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        var replacement = new Replacement(config.find(), config.replace());
        return switch (config.mode()) {
            case STREAMING -> exchange -> new StreamingRewrite(replacement, config.on());
            case WHOLE -> exchange -> new WholeRewrite(replacement, config.on());
        };
    }
}
