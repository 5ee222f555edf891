package dev.jarway.samples.bundledlibrary;

import com.fasterxml.jackson.databind.cfg.PackageVersion;
import dev.jarway.plugin.Action;
import dev.jarway.plugin.Bytes;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.Headers;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import jakarta.validation.constraints.Min;

/**
 * Refuses request bodies that are no JSON. Shows that a plugin brings the libraries it needs, in the version it needs: it
 * names its Jackson in each response, and that is not the gateway's.
 */
public final class BundledLibrary implements PluginFactory<BundledLibrary.Config> {

    /**
     * What to look at.
     *
     * @param limit the most bytes that a body may have
     */
    public record Config(@Min(1) long limit) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        var json = new JsonCheck();
        return exchange -> new Filter() {
            @Override
            public Action onRequestHeaders(Request request) {
                return request.hasBody() ? Action.bufferBody(config.limit()) : Action.proceed();
            }

            @Override
            public Action onRequestBody(Request request, Bytes body, Headers trailers) {
                return json.problem(body)
                        .map(problem -> Action.respond(LocalResponse.of(400, problem + "\n")))
                        .orElseGet(Action::proceed);
            }

            @Override
            public Action onResponseHeaders(Response response) {
                response.headers().set("x-jackson", PackageVersion.VERSION.toString());
                return Action.proceed();
            }
        };
    }
}
