package dev.jarway.runtime.host;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.jarway.plugin.CallOuts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The call-outs of one Plugin. All plugins share one client and its connections; what belongs to this one is the list of its
 * calls. The limit of time is ours, since the client's own ends with the response headers.
 */
final class HostCallOuts implements CallOuts {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(500);
    private static final int MAX_BODY_BYTES = 1024 * 1024;

    private final Lifetime lifetime;
    private final HttpClient client;
    private final ScheduledExecutorService timer;
    private final Set<CallOut> pending = new HashSet<>();

    HostCallOuts(Lifetime lifetime, HttpClient client, ScheduledExecutorService timer) {
        this.lifetime = lifetime;
        this.client = client;
        this.timer = timer;
    }

    @Override
    public CompletionStage<HttpResponse<byte[]>> send(HttpRequest request) {
        var code = lifetime.code();
        var bound = bind(request, code);
        var limit = request.timeout().orElse(DEFAULT_TIMEOUT);
        var call = new CallOut(code, this::forget);
        synchronized (pending) {
            lifetime.check();
            pending.add(call);
        }
        try {
            var exchange = client.sendAsync(bound, head -> new LimitedBody(MAX_BODY_BYTES));
            call.sent(exchange, timer.schedule(() -> call.fail(late(request, limit)), nanos(limit), NANOSECONDS));
        } catch (RuntimeException e) {
            forget(call);
            throw e;
        }
        return call.answer();
    }

    /** Fails what is under way, and gives the threads on which the plugin is told so. */
    List<Thread> end() {
        List<CallOut> left;
        synchronized (pending) {
            left = new ArrayList<>(pending);
        }
        left.forEach(
                call -> call.fail(new IOException("plugin " + lifetime.identity() + ": closed during a call-out")));
        return left.stream().flatMap(call -> call.teller().stream()).toList();
    }

    private void forget(CallOut call) {
        synchronized (pending) {
            pending.remove(call);
        }
    }

    private static HttpRequest bind(HttpRequest request, PluginCode code) {
        var bound = HttpRequest.newBuilder(request, (name, value) -> true);
        request.bodyPublisher().ifPresent(body -> bound.method(request.method(), new BoundPublisher(body, code)));
        // Without TLS the client would try an upgrade to HTTP/2 in each first request, which not every server takes
        // well.
        if (request.version().isEmpty() && "http".equalsIgnoreCase(request.uri().getScheme())) {
            bound.version(HttpClient.Version.HTTP_1_1);
        }
        return bound.build();
    }

    // Without user and query, where secrets may stand.
    private static HttpTimeoutException late(HttpRequest request, Duration limit) {
        URI uri = request.uri();
        return new HttpTimeoutException(request.method() + " " + uri.getScheme() + "://" + uri.getHost()
                + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getPath() + ": no complete response within "
                + limit.toMillis() + " ms");
    }

    private static long nanos(Duration limit) {
        return NANOSECONDS.convert(limit);
    }
}
