package dev.jarway.runtime.upstream;

import dev.jarway.runtime.balance.Dialect;
import dev.jarway.runtime.balance.EndpointAddress;
import dev.jarway.runtime.balance.Probe;
import dev.jarway.runtime.config.ActiveHealthConfig;
import dev.jarway.runtime.config.StatusPattern;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ClientConfig;
import io.vertx.core.http.Http2ClientConfig;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientConfig;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A GET over a connection of its own, which says too whether a connection can be had. Safe from any thread. */
public final class HttpProbe implements Probe {
    /** Of one endpoint, by different services. */
    private static final int CHECKS_AT_ONCE = 1000;

    private final Vertx vertx;

    /** By the time that a check may take: what has not been connected by then, the client itself gives up. */
    private final Map<Duration, Caller> callers = new ConcurrentHashMap<>();

    private final List<Context> contexts;
    private final AtomicInteger next = new AtomicInteger();

    /** A client, and what its connections begin with. */
    private record Caller(HttpClient client, Greetings greetings) {}

    /** A probe that works on these event loops in turn. */
    public HttpProbe(Vertx vertx, List<Context> contexts) {
        this.vertx = vertx;
        this.contexts = List.copyOf(contexts);
    }

    private Caller caller(Duration within) {
        HttpClient client = vertx.createHttpClient(
                new HttpClientConfig()
                        .setVersions(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1)
                        .setConnectTimeout(Dialer.atMost(within))
                        .setHttp2Config(new Http2ClientConfig()
                                .setClearTextUpgrade(false)
                                .setMultiplexingLimit(1)) // It is closed when the verdict is there.
                        .setHttp1Config(new Http1ClientConfig().setKeepAlive(false)),
                new PoolOptions().setHttp1MaxSize(CHECKS_AT_ONCE).setHttp2MaxSize(CHECKS_AT_ONCE));
        return new Caller(client, Greetings.of(client, vertx, within));
    }

    @Override
    public CompletionStage<Optional<String>> ask(EndpointAddress address, Dialect dialect, ActiveHealthConfig config) {
        Promise<Optional<String>> verdict = Promise.promise();
        contexts.get(Math.floorMod(next.getAndIncrement(), contexts.size()))
                .runOnContext(here -> send(dialect.within(config.timeout()).to(address, true), config, verdict));
        return verdict.future().toCompletionStage();
    }

    private void send(RequestOptions options, ActiveHealthConfig config, Promise<Optional<String>> verdict) {
        long millis = config.timeout().toMillis();
        long timer =
                vertx.setTimer(millis, fired -> verdict.tryComplete(Optional.of("no answer within " + millis + " ms")));
        var unused = verdict.future().onComplete(done -> vertx.cancelTimer(timer));
        options.setMethod(HttpMethod.GET).setURI(config.path());
        Caller caller = callers.computeIfAbsent(config.timeout(), this::caller);
        caller.client()
                .request(options)
                .onSuccess(request -> ask(request, config, verdict))
                .onFailure(failure -> {
                    caller.greetings().demand();
                    verdict.tryComplete(Optional.of("no connection: " + failure.getMessage()));
                });
    }

    private static void ask(HttpClientRequest request, ActiveHealthConfig config, Promise<Optional<String>> verdict) {
        if (verdict.future().isComplete()) {
            request.reset();
            return;
        }
        // Whatever it is that comes first, nothing more is wanted of this connection.
        var unused = verdict.future().onComplete(done -> request.connection().close());
        config.host().ifPresent(host -> request.authority(HostAndPort.parseAuthority(host, -1)));
        request.putHeader(HttpHeaders.USER_AGENT, "jarway-health")
                .send()
                .onSuccess(response -> verdict.tryComplete(
                        StatusPattern.fits(config.status(), response.statusCode())
                                ? Optional.empty()
                                : Optional.of("status " + response.statusCode())))
                .onFailure(
                        failure -> verdict.tryComplete(Optional.of("the connection broke: " + failure.getMessage())));
    }
}
