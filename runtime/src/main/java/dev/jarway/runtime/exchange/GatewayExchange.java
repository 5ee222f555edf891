package dev.jarway.runtime.exchange;

import dev.jarway.plugin.Consumer;
import dev.jarway.plugin.Endpoint;
import dev.jarway.plugin.Exchange;
import dev.jarway.plugin.Key;
import dev.jarway.plugin.Request;
import dev.jarway.plugin.TlsSession;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One request and its response in this gateway, as its filters know it. Belongs to one event loop. */
public final class GatewayExchange implements Exchange {
    private final String id;
    private final ExchangeRequest request;
    private final HttpServerRequest received;
    private final Predicate<String> services;
    private final Instant startedAt;
    private final Steering steering = new Steering();

    private @Nullable Map<Key<?>, Object> attributes;
    private @Nullable Map<String, String> logFields;
    private @Nullable Map<String, String> traceFields;
    private @Nullable List<String> versions;
    private @Nullable Consumer consumer;
    private @Nullable String route;
    private @Nullable String service;
    private @Nullable Endpoint endpoint;
    private int retries;

    /**
     * An exchange that begins.
     *
     * @param received the request as the listener has it
     * @param request the same, admitted
     * @param services tells whether a service of that name is configured
     */
    public GatewayExchange(
            String id,
            HttpServerRequest received,
            ExchangeRequest request,
            Predicate<String> services,
            Instant startedAt) {
        this.id = id;
        this.received = received;
        this.request = request;
        this.services = services;
        this.startedAt = startedAt;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Request request() {
        return request;
    }

    @Override
    public Protocol protocol() {
        return switch (received.version()) {
            case HTTP_1_0 -> Protocol.HTTP_1_0;
            case HTTP_1_1 -> Protocol.HTTP_1_1;
            case HTTP_2 -> Protocol.HTTP_2;
            case HTTP_3 -> Protocol.HTTP_3;
        };
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return request.provenance().client();
    }

    @Override
    public InetSocketAddress localAddress() {
        return Provenance.inet(received.localAddress());
    }

    @Override
    public Optional<TlsSession> tls() {
        return Optional.ofNullable(received.sslSession())
                .map(session -> new ExchangeTls(session, received.connection().indicatedServerName()));
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public Optional<String> route() {
        return Optional.ofNullable(route);
    }

    /** Says which route was matched, and which service it means; null if none. */
    public void setRoute(String route, @Nullable String service) {
        this.route = route;
        this.service = service;
    }

    @Override
    public Optional<String> service() {
        return Optional.ofNullable(steering.service != null ? steering.service : service);
    }

    @Override
    public Optional<Endpoint> endpoint() {
        return Optional.ofNullable(endpoint);
    }

    /** Says which endpoint was chosen. */
    public void setEndpoint(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** Says that another endpoint is tried, or the same once more. */
    public void addRetry() {
        retries++;
    }

    /** How many more tries there have been than one. */
    public int retries() {
        return retries;
    }

    @Override
    public Optional<Consumer> consumer() {
        return Optional.ofNullable(consumer);
    }

    @Override
    public void setConsumer(Consumer consumer) {
        this.consumer = consumer;
    }

    @Override
    public <T> Optional<T> attribute(Key<T> key) {
        return attributes == null
                ? Optional.empty()
                : Optional.ofNullable(key.type().cast(attributes.get(key)));
    }

    @Override
    public <T> void setAttribute(Key<T> key, T value) {
        if (attributes == null) {
            attributes = new HashMap<>();
        }
        attributes.put(key, value);
    }

    @Override
    public void logField(String name, String value) {
        if (logFields == null) {
            logFields = new LinkedHashMap<>();
        }
        logFields.put(name, value);
    }

    /** What filters have added to the line in the access log. */
    public Map<String, String> logFields() {
        return logFields == null ? Map.of() : Collections.unmodifiableMap(logFields);
    }

    @Override
    public void traceField(String name, String value) {
        if (traceFields == null) {
            traceFields = new LinkedHashMap<>();
        }
        traceFields.put(name, value);
    }

    /** What filters have added to the trace span. */
    public Map<String, String> traceFields() {
        return traceFields == null ? Map.of() : Collections.unmodifiableMap(traceFields);
    }

    /** Says which version it meets of a plugin that has several side by side, as {@code id@version}. */
    public void addVersion(String version) {
        if (versions == null) {
            versions = new ArrayList<>(2);
        }
        versions.add(version);
    }

    /** Which versions it has met of plugins that have several side by side. */
    public List<String> versions() {
        return versions == null ? List.of() : Collections.unmodifiableList(versions);
    }

    /** Where filters have steered this exchange to. */
    public Steering steering() {
        return steering;
    }

    @Override
    public void overrideService(String name) {
        if (!services.test(name)) {
            throw new IllegalArgumentException("service: '" + name + "' (expected: a service of the configuration)");
        }
        steering.service = name;
    }

    @Override
    public void overrideEndpoint(URI url, boolean strict) {
        steering.endpoint = new Endpoint(url, 1).url();
        steering.strictEndpoint = strict;
    }

    @Override
    public void setResponseTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("response timeout: " + timeout + " (expected: > 0)");
        }
        steering.responseTimeout = timeout;
    }

    @Override
    public void setRequestBodyLimit(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("request body limit: " + bytes + " (expected: >= 0)");
        }
        steering.requestBodyLimit = bytes;
    }
}
