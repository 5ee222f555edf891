package dev.jarway.samples.requestid;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Default;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import java.util.List;
import java.util.regex.Pattern;

/** Gives each request an id. Shows a filter that remembers something from the request until the response. */
public final class RequestId implements PluginFactory<RequestId.Config> {
    private static final String HEADER = "x-request-id";
    private static final Pattern WELL_FORMED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Whose ids to use.
     *
     * @param acceptCallers whether a caller may bring its own id
     */
    public record Config(@Default("false") boolean acceptCallers) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) {
        return exchange -> {
            var given = exchange.request().headers().all(HEADER);
            var id = config.acceptCallers() && isWellFormed(given) ? given.getFirst() : exchange.id();
            return new IdFilter(exchange, id);
        };
    }

    /** One id, and nothing in it that could do harm in a log. */
    static boolean isWellFormed(List<String> ids) {
        return ids.size() == 1 && WELL_FORMED.matcher(ids.getFirst()).matches();
    }

    private record IdFilter(Exchange exchange, String id) implements Filter {
        @Override
        public Action onRequestHeaders(Request request) {
            request.headers().set(HEADER, id);
            exchange.logField("requestId", id);
            return Action.proceed();
        }

        @Override
        public Action onResponseHeaders(Response response) {
            response.headers().set(HEADER, id);
            return Action.proceed();
        }
    }
}
