package dev.jarway.runtime.upstream;

import dev.jarway.runtime.balance.Dialect;
import dev.jarway.runtime.balance.EndpointAddress;
import dev.jarway.runtime.balance.Probe;
import dev.jarway.runtime.config.ActiveHealthConfig;
import dev.jarway.runtime.config.StatusPattern;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A GET over a connection of its own, which says too whether a connection can be had. Safe from any thread. */
public final class HttpProbe implements Probe {
    private final Vertx vertx;
    private final ProbeClients clients;
    private final List<Context> contexts;
    private final AtomicInteger next = new AtomicInteger();

    /** A probe that works on these event loops in turn. */
    public HttpProbe(Vertx vertx, List<Context> contexts) {
        this.vertx = vertx;
        this.clients = new ProbeClients(vertx, System::nanoTime);
        this.contexts = List.copyOf(contexts);
    }

    @Override
    public CompletionStage<Optional<String>> ask(EndpointAddress address, Dialect dialect, ActiveHealthConfig config) {
        Promise<Optional<String>> verdict = Promise.promise();
        contexts.get(Math.floorMod(next.getAndIncrement(), contexts.size()))
                .runOnContext(here -> send(dialect.within(config.timeout()).to(address, true), config, verdict));
        return verdict.future().toCompletionStage();
    }

    private void send(RequestOptions options, ActiveHealthConfig config, Promise<Optional<String>> verdict) {
        ProbeClients.Caller caller = clients.take(config.timeout());
        long millis = config.timeout().toMillis();
        long timer =
                vertx.setTimer(millis, fired -> verdict.tryComplete(Optional.of("no answer within " + millis + " ms")));
        var unused = verdict.future().onComplete(done -> {
            vertx.cancelTimer(timer);
            clients.giveBack(caller);
        });
        options.setMethod(HttpMethod.GET).setURI(config.path());
        caller.client()
                .request(options)
                .onSuccess(request -> ask(request, config, verdict))
                .onFailure(failure -> verdict.tryComplete(Optional.of("no connection: " + failure.getMessage())));
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
