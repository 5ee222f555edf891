package dev.jarway.samples.headerauth;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import jakarta.validation.constraints.NotBlank;
import java.util.List;

/** Lets requests pass that carry the right header. Shows how a filter decides. */
public final class HeaderAuth implements PluginFactory<HeaderAuth.Config> {
    private static final LocalResponse FORBIDDEN = LocalResponse.of(403, "forbidden\n");

    /** The header that has to be there, and its value. */
    public record Config(@NotBlank String name, @NotBlank String value) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        // Once and no other: of two, the service might believe the one that was not looked at.
        var expected = List.of(config.value());
        return exchange -> new Filter() {
            @Override
            public Action onRequestHeaders(Request request) {
                return request.headers().all(config.name()).equals(expected)
                        ? Action.proceed()
                        : Action.respond(FORBIDDEN);
            }
        };
    }
}
