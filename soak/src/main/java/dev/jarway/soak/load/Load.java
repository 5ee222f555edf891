package dev.jarway.soak.load;

import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.Ledger;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All kinds of traffic at once, against one gateway. */
public final class Load {
    private static final long OPENING_SECONDS = 20;
    private static final long LOOK_EVERY_MILLIS = 50;

    private final Ledger ledger;
    private final List<Running> running = new CopyOnWriteArrayList<>();

    private record Running(Kind kind, Traffic traffic, Context context) {}

    /**
     * How much.
     *
     * @param perSecond requests and messages of the quick kinds, together
     * @param streams WebSockets, and as many streams of events
     * @param upload how long each upload trickles
     * @param poll how long each long-poll waits
     */
    public record Size(double perSecond, int streams, Duration upload, Duration poll) {}

    private Load(Ledger ledger) {
        this.ledger = ledger;
    }

    /** Begins, and returns once all connections are open. */
    public static Load start(Vertx vertx, int port, Ledger ledger, Size size, Set<Kind> kinds)
            throws InterruptedException, ExecutionException, TimeoutException {
        Load load = new Load(ledger);
        Setting setting = new Setting(vertx, port, ledger);
        for (Kind kind : kinds) {
            Traffic traffic = of(kind, setting, size);
            Deployable verticle = context -> {
                load.running.add(new Running(kind, traffic, context));
                return traffic.start();
            };
            vertx.deployVerticle(verticle)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(OPENING_SECONDS, TimeUnit.SECONDS);
        }
        return load;
    }

    /** Two fifths of the quick requests on kept connections, a tenth on new ones, three tenths on HTTP/2, the rest messages. */
    private static Traffic of(Kind kind, Setting setting, Size size) {
        return switch (kind) {
            case KEEP_ALIVE -> KeptConnections.http1(setting, 0.4 * size.perSecond());
            case ONE_SHOT -> new OneShot(setting, 0.1 * size.perSecond());
            case HTTP2 -> KeptConnections.http2(setting, 0.3 * size.perSecond());
            case WEBSOCKET -> new EchoSockets(setting, size.streams(), 0.2 * size.perSecond());
            case EVENTS -> new EventStreams(setting, size.streams());
            case UPLOAD ->
                new SlowUpload(setting, size.upload(), 10.0 / size.upload().toSeconds());
            case LONG_POLL ->
                new LongPoll(setting, size.poll(), 10.0 / size.poll().toSeconds());
        };
    }

    /** Begins nothing more of that kind. */
    public void rest(Kind kind) {
        running.stream()
                .filter(one -> one.kind() == kind)
                .forEach(one ->
                        one.context().runOnContext(unused -> one.traffic().rest()));
    }

    /** Begins nothing more, and waits until all has been answered; what has not been by then has failed. */
    public void rest(Duration patience) throws InterruptedException {
        running.forEach(
                one -> one.context().runOnContext(unused -> one.traffic().rest()));
        long end = System.nanoTime() + patience.toNanos();
        while (ledger.open() > 0 && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
        ledger.abandonOpen();
    }

    /** Closes what is open still, from the client's side. */
    public void end() {
        running.forEach(
                one -> one.context().runOnContext(unused -> one.traffic().end()));
    }
}
