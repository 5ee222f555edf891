package dev.jarway.samples.mockresponse;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/** Answers every request itself. Shows all that a plugin has to have. */
public final class MockResponse implements PluginFactory<MockResponse.Config> {

    /** What to answer. */
    public record Config(
            @NotBlank String content, @Min(200) @Max(599) int status) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        var response = LocalResponse.of(config.status(), config.content());
        return exchange -> new Filter() {
            @Override
            public Action onRequestHeaders(Request request) {
                return Action.respond(response);
            }
        };
    }
}
