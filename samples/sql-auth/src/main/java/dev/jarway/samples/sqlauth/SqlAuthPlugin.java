package dev.jarway.samples.sqlauth;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.LocalResponse;
import dev.jarway.plugin.Request;
import java.sql.SQLException;
import java.util.Optional;

/** The plugin: its table of keys, open for as long as exchanges may ask it. */
final class SqlAuthPlugin implements FilterPlugin {
    private static final String KEY = "x-api-key";
    private static final LocalResponse UNAUTHORIZED =
            LocalResponse.of(401, "no such key\n").withHeader("www-authenticate", "ApiKey");

    private final KeyTable keys;

    SqlAuthPlugin(KeyTable keys) {
        this.keys = keys;
    }

    @Override
    public Filter newFilter(Exchange exchange) {
        return new Filter() {
            @Override
            public Action onRequestHeaders(Request request) throws SQLException {
                var key = request.headers().get(KEY);
                Optional<String> user = key.isPresent() ? keys.userOf(key.get()) : Optional.empty();
                if (user.isEmpty()) {
                    return Action.respond(UNAUTHORIZED);
                }
                request.headers().remove(KEY);
                request.headers().set("x-user", user.get());
                return Action.proceed();
            }
        };
    }

    @Override
    public void close() throws SQLException {
        keys.close();
    }
}
