package dev.jarway.runtime.listener;

import dev.jarway.loader.boundary.Boundary;
import dev.jarway.runtime.exchange.ExchangeId;
import dev.jarway.runtime.filter.LoopScope;
import dev.jarway.runtime.proxy.ProxyLoop;
import dev.jarway.runtime.proxy.UnderWay;
import dev.jarway.runtime.upstream.UpstreamClient;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops that serve requests, and what each has to itself. They live as long as the gateway. */
public final class EventLoops {
    private final List<ProxyLoop> loops;

    private EventLoops(List<ProxyLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /** Starts that many, each on an event loop of its own as long as there are enough of these. */
    public static Future<EventLoops> start(Vertx vertx, Boundary boundary, int count) {
        Queue<ProxyLoop> started = new ConcurrentLinkedQueue<>();
        AtomicInteger index = new AtomicInteger();
        DeploymentOptions options = new DeploymentOptions().setInstances(count);
        return vertx.deployVerticle(() -> new Starter(index.getAndIncrement(), boundary, started), options)
                .map(deployed -> new EventLoops(started.stream()
                        .sorted((a, b) -> Integer.compare(a.index(), b.index()))
                        .toList()));
    }

    /** All of them, by index. */
    public List<ProxyLoop> all() {
        return loops;
    }

    /** A verticle is Vert.x's way to an event loop of one's own. */
    private static final class Starter extends AbstractVerticle {
        private final int index;
        private final Boundary boundary;
        private final Queue<ProxyLoop> started;

        Starter(int index, Boundary boundary, Queue<ProxyLoop> started) {
            this.index = index;
            this.boundary = boundary;
            this.started = started;
        }

        @Override
        public void start(Promise<Void> done) {
            LoopScope scope = new LoopScope(vertx, context, boundary, boundary.crossing());
            started.add(new ProxyLoop(index, scope, UpstreamClient.open(vertx), new ExchangeId(), new UnderWay()));
            done.complete();
        }
    }
}
