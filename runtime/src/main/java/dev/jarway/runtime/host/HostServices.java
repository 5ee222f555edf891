package dev.jarway.runtime.host;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * What all plugins of a gateway share: the meters, the values, the timer, the client of their call-outs. One for each
 * gateway, made before the first {@link HostContext} and closed after the last.
 */
public final class HostServices implements AutoCloseable {
    private final SharedMeters meters;
    private final ValueStore store;
    private final Map<String, String> environment;
    private final ScheduledExecutorService timer = newTimer();
    private final ExecutorService callOutThreads = newCallOutThreads();
    private @Nullable HttpClient client;

    /** Starts the services. The registry and the store are the caller's and stay open. */
    public HostServices(MeterRegistry meters, ValueStore store) {
        this(meters, store, System.getenv());
    }

    HostServices(MeterRegistry meters, ValueStore store, Map<String, String> environment) {
        this.meters = new SharedMeters(meters);
        this.store = store;
        this.environment = environment;
    }

    SharedMeters meters() {
        return meters;
    }

    ValueStore store() {
        return store;
    }

    Map<String, String> environment() {
        return environment;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Made for the first plugin, since to make it takes a tenth of a second; and then, not with its first call-out, which would
     * have the client's threads inherit from that of the plugin.
     */
    synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .executor(callOutThreads)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    /** Whether there is a client already. */
    synchronized boolean hasClient() {
        return client != null;
    }

    /** Ends the timer and the client. */
    @Override
    public synchronized void close() {
        timer.shutdownNow();
        if (client != null) {
            client.shutdownNow();
        }
        callOutThreads.shutdownNow();
    }

    private static ScheduledExecutorService newTimer() {
        var timer = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = Thread.ofPlatform()
                    .name("jarway-plugin-timer")
                    .daemon()
                    .inheritInheritableThreadLocals(false)
                    .unstarted(work);
            thread.setContextClassLoader(HostServices.class.getClassLoader());
            return thread;
        });
        // A cancelled task holds its plugin, and may have been planned for next year.
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    // Without inheritance: the client starts threads from whatever thread a plugin calls it on.
    private static ExecutorService newCallOutThreads() {
        return Executors.newThreadPerTaskExecutor(Thread.ofVirtual()
                .name("jarway-call-out-", 0)
                .inheritInheritableThreadLocals(false)
                .factory());
    }
}
