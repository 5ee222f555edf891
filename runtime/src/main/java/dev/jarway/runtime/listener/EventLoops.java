package dev.jarway.runtime.listener;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.runtime.exchange.ExchangeId;
import dev.jarway.runtime.filter.LoopScope;
import dev.jarway.runtime.overload.Overload;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.proxy.StartTurns;
import dev.jarway.runtime.proxy.UnderWay;
import dev.jarway.runtime.upstream.UpstreamClient;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The event loops that serve requests, and what each has to itself. They live as long as the gateway. */
public final class EventLoops {
    private final List<ProxyLoop> loops;
    private final Map<Thread, ProxyLoop> threads;

    private EventLoops(List<Started> started) {
        this.loops = started.stream()
                .map(Started::loop)
                .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                .toList();
        this.threads =
                started.stream().collect(Collectors.toUnmodifiableMap(Started::thread, Started::loop, (a, b) -> a));
    }

    /** One that runs, and the thread that it is. */
    private record Started(Thread thread, ProxyLoop loop) {}

    /** Starts that many, each on an event loop of its own as long as there are enough of these. */
    public static Future<EventLoops> start(Vertx vertx, Boundary boundary, Overload overload, int count) {
        Queue<Started> started = new ConcurrentLinkedQueue<>();
        AtomicInteger index = new AtomicInteger();
        DeploymentOptions options = new DeploymentOptions().setInstances(count);
        return vertx.deployVerticle(() -> new Starter(index.getAndIncrement(), boundary, overload, started), options)
                .map(deployed -> new EventLoops(List.copyOf(started)));
    }

    /** All of them, by index. */
    public List<ProxyLoop> all() {
        return loops;
    }

    /** The one that the current thread is. */
    Optional<ProxyLoop> here() {
        return Optional.ofNullable(threads.get(Thread.currentThread()));
    }

    /** A verticle is Vert.x's way to an event loop of one's own. */
    private static final class Starter extends AbstractVerticle {
        private final int index;
        private final Boundary boundary;
        private final Overload overload;
        private final Queue<Started> started;

        Starter(int index, Boundary boundary, Overload overload, Queue<Started> started) {
            this.index = index;
            this.boundary = boundary;
            this.overload = overload;
            this.started = started;
        }

        @Override
        public void start(Promise<Void> done) {
            LoopScope scope = new LoopScope(index, vertx, context, boundary);
            ProxyLoop loop = new ProxyLoop(
                    index,
                    scope,
                    new UpstreamClient(vertx),
                    overload,
                    new ExchangeId(),
                    new StartTurns(this::soon, this::afterOthers),
                    new UnderWay());
            started.add(new Started(Thread.currentThread(), loop));
            done.complete();
        }

        private void soon(Runnable task) {
            context.runOnContext(now -> task.run());
        }

        /**
         * Netty runs all tasks that there are, also those that are added meanwhile, before it looks at connections; timers it does
         * not.
         */
        private void afterOthers(Runnable task) {
            ContextInternal loop = (ContextInternal) context;
            var unused = loop.nettyEventLoop().schedule(() -> loop.emit(now -> task.run()), 0, TimeUnit.NANOSECONDS);
        }
    }
}
