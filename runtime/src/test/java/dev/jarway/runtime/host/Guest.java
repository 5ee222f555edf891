package dev.jarway.runtime.host;

import dev.jarway.plugin.PluginContext;
import java.io.ByteArrayInputStream;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Plugin code that leaves something of its own everywhere. Loaded by a class loader of its own, and made by its constructor. */
public final class Guest implements BiConsumer<PluginContext, List<URI>> {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void accept(PluginContext context, List<URI> servers) {
        leaveMeters(context);
        leaveTasks(context);
        context.handOver().offer(() -> new HashMap<>(Map.of("guest", this)));
        context.store().put("key", toString(), Duration.ofMinutes(1));
        context.http()
                .send(request(servers.getFirst()))
                .thenApply(response -> this)
                .toCompletableFuture()
                .join();
        var silent = context.http().send(request(servers.getLast())).exceptionally(thrown -> {
            throw new OwnException(thrown);
        });
        context.scheduler()
                .after(Duration.ZERO, () -> silent.toCompletableFuture().join());
    }

    private void leaveMeters(PluginContext context) {
        context.metrics().counter("calls").increment();
        context.metrics().timer("time").record(Duration.ofMillis(1));
        context.metrics().gauge("size", never::getCount);
        context.metrics().gauge("broken", () -> {
            throw new OwnException(null);
        });
    }

    private void leaveTasks(PluginContext context) {
        context.scheduler().after(Duration.ofDays(1), never::countDown);
        context.scheduler().every(Duration.ofMillis(50), () -> {
            throw new OwnException(null);
        });
        context.scheduler().after(Duration.ZERO, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                throw new OwnException(e);
            }
        });
    }

    private static HttpRequest request(URI uri) {
        return HttpRequest.newBuilder(uri)
                .timeout(Duration.ofMinutes(1))
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[0]) {}))
                .build();
    }

    private static final class OwnException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        OwnException(@Nullable Throwable cause) {
            super("of the guest", cause);
        }
    }
}
