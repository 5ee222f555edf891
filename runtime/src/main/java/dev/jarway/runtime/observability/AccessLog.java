package dev.jarway.runtime.observability;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.plugin.Endpoint;
import dev.jarway.plugin.Outcome;
import dev.jarway.plugin.Request;
import dev.jarway.runtime.config.AccessLogConfig;
import dev.jarway.runtime.exchange.GatewayExchange;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log of exchanges: one line each, written when the exchange is over, to the logger {@code jarway.access}. */
public final class AccessLog {
    /** Of the logger that its lines go to. */
    static final String LOGGER = "jarway.access";

    private static final Logger log = LoggerFactory.getLogger(LOGGER);
    private static final ObjectMapper JSON = new ObjectMapper();

    private AccessLog() {}

    /**
     * Writes the line of an exchange, if the configuration that it ran under wants one.
     *
     * @param detail of its failure, if it failed
     */
    public static void write(
            AccessLogConfig config, GatewayExchange exchange, Outcome outcome, Optional<String> detail) {
        if (!config.enabled() || !log.isInfoEnabled()) {
            return;
        }
        log.info(
                switch (config.format()) {
                    case TEXT -> text(exchange, outcome, detail);
                    case JSON -> json(exchange, outcome, detail);
                });
    }

    private static String text(GatewayExchange exchange, Outcome outcome, Optional<String> detail) {
        Request request = exchange.request();
        StringBuilder line = new StringBuilder(200);
        line.append(exchange.remoteAddress().getHostString()).append(" [");
        LogTime.append(line, exchange.startedAt());
        line.append("] \"")
                .append(clean(request.method()))
                .append(' ')
                .append(clean(request.host()))
                .append(clean(request.target()))
                .append(' ')
                .append(exchange.protocol())
                .append("\" ")
                .append(outcome.status())
                .append(' ')
                .append(outcome.requestBytes())
                .append(' ')
                .append(outcome.responseBytes())
                .append(' ');
        appendMillis(line, outcome.duration());
        line.append("ms ")
                .append(exchange.route().orElse("-"))
                .append(' ')
                .append(exchange.endpoint()
                        .map(Endpoint::url)
                        .map(Object::toString)
                        .orElse("-"))
                .append(' ')
                .append(exchange.id());
        outcome.failure().ifPresent(failure -> line.append(" failure=").append(failure));
        detail.ifPresent(why -> line.append(" detail=\"").append(sentence(why)).append('"'));
        exchange.consumer().ifPresent(consumer -> line.append(" consumer=").append(clean(consumer.name())));
        if (exchange.retries() > 0) {
            line.append(" retries=").append(exchange.retries());
        }
        for (String version : exchange.versions()) {
            line.append(" version=").append(version);
        }
        for (Map.Entry<String, String> field : exchange.logFields().entrySet()) {
            line.append(' ').append(clean(field.getKey())).append('=').append(clean(field.getValue()));
        }
        return line.toString();
    }

    private static String json(GatewayExchange exchange, Outcome outcome, Optional<String> detail) {
        Request request = exchange.request();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("time", exchange.startedAt().toString());
        line.put("exchange", exchange.id());
        line.put("client", exchange.remoteAddress().getHostString());
        line.put("method", request.method());
        line.put("host", request.host());
        line.put("target", request.target());
        line.put("protocol", exchange.protocol().toString());
        line.put("status", outcome.status());
        line.put("requestBytes", outcome.requestBytes());
        line.put("responseBytes", outcome.responseBytes());
        line.put("millis", outcome.duration().toNanos() / 1e6);
        line.put("completed", outcome.completed());
        outcome.serviceDuration().ifPresent(took -> line.put("serviceMillis", took.toNanos() / 1e6));
        exchange.route().ifPresent(route -> line.put("route", route));
        exchange.service().ifPresent(service -> line.put("service", service));
        exchange.endpoint()
                .ifPresent(endpoint -> line.put("endpoint", endpoint.url().toString()));
        exchange.consumer().ifPresent(consumer -> line.put("consumer", consumer.name()));
        outcome.failure().ifPresent(failure -> line.put("failure", failure));
        detail.ifPresent(why -> line.put("detail", why));
        if (exchange.retries() > 0) {
            line.put("retries", exchange.retries());
        }
        if (!exchange.versions().isEmpty()) {
            ArrayNode versions = line.putArray("versions");
            exchange.versions().forEach(versions::add);
        }
        if (!exchange.logFields().isEmpty()) {
            ObjectNode fields = line.putObject("fields");
            exchange.logFields().forEach(fields::put);
        }
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In milliseconds, with one digit behind the point. */
    private static void appendMillis(StringBuilder line, Duration duration) {
        long tenths = (duration.toNanos() + 50_000) / 100_000;
        line.append(tenths / 10).append('.').append(tenths % 10);
    }

    /** What a client has written must not look like the log's own words, or begin a line of its own. */
    private static String clean(String text) {
        return clean(text, '!');
    }

    /** The same for what stands in quotes, where blanks do no harm. */
    private static String sentence(String text) {
        return clean(text, ' ');
    }

    private static String clean(String text, char least) {
        int plain = 0;
        while (plain < text.length() && isPlain(text.charAt(plain), least)) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c, least)) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char c, char least) {
        return c >= least && c < 0x7f && c != '"' && c != '\\';
    }
}
