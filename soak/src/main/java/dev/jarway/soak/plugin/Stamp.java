package dev.jarway.soak.plugin;

import dev.jarway.plugin.Action;
import dev.jarway.plugin.Default;
import dev.jarway.plugin.Filter;
import dev.jarway.plugin.FilterPlugin;
import dev.jarway.plugin.PluginContext;
import dev.jarway.plugin.PluginFactory;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Stamps each response with which copy of its JAR has seen it, and with the configuration that this copy has. */
public final class Stamp implements PluginFactory<Stamp.Config> {
    /** Where its JAR says which copy it is. */
    public static final String NUMBER = "stamp-number.txt";

    /**
     * What to stamp besides.
     *
     * @param revision the configuration's number; 0 stamps none
     */
    public record Config(@Default("0") long revision) {}

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public FilterPlugin create(Config config, PluginContext context) throws IOException {
        Plate plate = new Plate("x-" + context.plugin().id(), number(), config.revision());
        return exchange -> new Stamping(plate);
    }

    private static String number() throws IOException {
        try (var in = Objects.requireNonNull(Stamp.class.getResourceAsStream("/" + NUMBER), NUMBER)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What is the same for all requests. */
    private record Plate(String header, String number, long revision) {}

    /** One request, which is to end on the copy that it began with. */
    private static final class Stamping implements Filter {
        private final Plate plate;
        private String seen = "";

        Stamping(Plate plate) {
            this.plate = plate;
        }

        @Override
        public Action onRequestHeaders(Request request) {
            seen = plate.number();
            return Action.proceed();
        }

        @Override
        public Action onResponseHeaders(Response response) {
            response.headers().set(plate.header(), seen);
            if (plate.revision() > 0) {
                response.headers().set("x-config", Long.toString(plate.revision()));
            }
            return Action.proceed();
        }
    }
}
