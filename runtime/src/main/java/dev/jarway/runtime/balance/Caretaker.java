package dev.jarway.runtime.balance;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one who looks after the endpoints of all services in force, for the whole gateway, on a thread of its own. It comes by
 * twenty times a second, and at once when there are other services or an endpoint fails again and again.
 */
public final class Caretaker {
    private static final Logger log = LoggerFactory.getLogger(Caretaker.class);
    private static final Duration GAP = Duration.ofMillis(50);

    private final Care.Tools tools;
    private final ConnectionPools pools;
    private final Partings partings = new Partings();
    private final Map<String, Care> cares = new HashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("jarway-services").factory());

    /** Of the thread. */
    private Collection<ServiceEndpoints> services = List.of();

    private Supplier<? extends Collection<ServiceEndpoints>> replaced = List::of;

    /**
     * What it works with.
     *
     * @param probe asks endpoints how they are
     * @param names looks their names up
     * @param pools where connections to them are kept
     */
    public record Tools(Timing timing, Probe probe, Names names, ConnectionPools pools) {}

    private Caretaker(Tools with) {
        this.pools = with.pools();
        Executor here = this::later;
        this.tools = new Care.Tools(with.timing(), with.probe(), with.names(), here, RandomGenerator.getDefault());
    }

    /** Begins, with no service yet. */
    public static Caretaker start(Tools tools) {
        Caretaker caretaker = new Caretaker(tools);
        var unused = caretaker.thread.scheduleWithFixedDelay(
                guarded(caretaker::look), 0, GAP.toMillis(), TimeUnit.MILLISECONDS);
        return caretaker;
    }

    /**
     * Looks after these from now on. They are looked at once at least, however soon others follow. Returns at once.
     *
     * @param before gives those that requests are still under way with though they have been replaced; any thread may ask
     */
    public void follow(Collection<ServiceEndpoints> now, Supplier<? extends Collection<ServiceEndpoints>> before) {
        later(() -> {
            services = now;
            replaced = before;
            look();
        });
    }

    private void look() {
        cares.keySet()
                .retainAll(services.stream()
                        .map(service -> service.config().name())
                        .collect(Collectors.toSet()));
        forEach(services, this::look);
        forEach(replaced.get(), this::lead);
        for (EndpointAddress gone : partings.look(services, tools.timing().nanos())) {
            log.info("No service has endpoint {} any more: connections to it are closed as they become idle", gone);
            pools.leave(gone);
        }
    }

    private static void forEach(Collection<ServiceEndpoints> all, Consumer<ServiceEndpoints> work) {
        for (ServiceEndpoints service : all) {
            try {
                work.accept(service);
            } catch (RuntimeException e) {
                log.error(
                        "The endpoints of service {} could not be looked after",
                        service.config().name(),
                        e);
            }
        }
    }

    private void lead(ServiceEndpoints before) {
        Care care = cares.get(before.config().name());
        if (care != null) {
            care.lead(before);
        }
    }

    private void look(ServiceEndpoints service) {
        Care care = cares.computeIfAbsent(service.config().name(), name -> new Care(service, tools));
        service.attend(endpoint -> later(() -> care.trouble(endpoint)));
        care.adopt(service);
        care.look();
    }

    private void later(Runnable work) {
        try {
            thread.execute(guarded(work));
        } catch (RejectedExecutionException e) {
            log.debug("The gateway stops", e);
        }
    }

    /** What fails once is done again the next time. */
    private static Runnable guarded(Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                log.error("Endpoints could not be looked after", e);
            }
        };
    }

    /** Ends the thread. */
    public void stop() throws InterruptedException {
        thread.shutdownNow();
        thread.awaitTermination(10, TimeUnit.SECONDS);
    }
}
