package dev.jarway.samples.headerchurn;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import java.util.List;
import java.util.stream.IntStream;

/** Sets 20 headers, gets them and removes them again. Something to measure: run a load with it and without it. */
public final class HeaderChurn implements PluginFactory<HeaderChurn.Config> {
    private static final List<String> NAMES =
            IntStream.range(0, 20).mapToObj(i -> "x-churn-" + i).toList();

    /** Nothing to configure. */
    public record Config() {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        return exchange -> new Filter() {
            @Override
            public Action onRequestHeaders(Request request) {
                churn(request.headers());
                return Action.proceed();
            }
        };
    }

    private static void churn(Headers headers) {
        NAMES.forEach(name -> headers.set(name, name));
        for (var name : NAMES) {
            if (headers.get(name).isEmpty()) {
                throw new IllegalStateException(name + ": gone (expected: what was set)");
            }
        }
        NAMES.forEach(headers::remove);
    }
}
