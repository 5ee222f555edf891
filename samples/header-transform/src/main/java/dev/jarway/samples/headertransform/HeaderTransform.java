package dev.jarway.samples.headertransform;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Default;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import java.util.List;
import java.util.Map;

/** Sets, adds, removes and renames header fields. Shows a nested configuration, and a check that no annotation can make. */
public final class HeaderTransform implements PluginFactory<HeaderTransform.Config> {

    /** What to change in requests, and what in responses. */
    public record Config(
            @Default("{}") Changes request, @Default("{}") Changes response) {}

    /**
     * What to change, in this order.
     *
     * @param remove the names of fields to take off
     * @param rename from the old names to the new ones; a field that has the new name already gives way
     * @param set fields to put in place of all that have the name
     * @param add fields to put beside those that have the name
     */
    public record Changes(
            @Default("[]") List<String> remove,
            @Default("{}") Map<String, String> rename,
            @Default("{}") Map<String, String> set,
            @Default("{}") Map<String, String> add) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        var onRequest = Steps.of("request", config.request());
        var onResponse = Steps.of("response", config.response());
        // It holds nothing of a request, so one serves all of them.
        var filter = new Filter() {
            @Override
            public Action onRequestHeaders(Request request) {
                onRequest.apply(request.headers());
                return Action.proceed();
            }

            @Override
            public Action onResponseHeaders(Response response) {
                onResponse.apply(response.headers());
                return Action.proceed();
            }
        };
        return exchange -> filter;
    }
}
