package dev.jarway.soak;

import dev.jarway.soak.load.Load;
import dev.jarway.soak.load.Upstream;
import dev.jarway.soak.measure.Kind;
import dev.jarway.soak.measure.Ledger;
import dev.jarway.soak.measure.Mark;
import dev.jarway.soak.measure.Marks;
import dev.jarway.soak.measure.SwapClock;
import dev.jarway.soak.measure.SwapClock.Way;
import dev.jarway.soak.measure.Vitals;
import dev.jarway.soak.subject.Subject;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One run against one gateway: a warm-up, a look at its process, load alone, load with swaps, a last look at its process.
 */
final class Run {
    private static final int LARGE_ROUNDS = 20;
    private static final int GROWTH_FROM = 200;
    private static final Duration FOR_EVER = Duration.ofDays(365);
    private static final Duration GIVEN_BACK = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Plan plan;
    private final Vertx vertx;
    private final Upstream upstream;
    private final Subject subject;
    private final Marks marks;
    private final Set<Kind> kinds;
    private final Samples samples = new Samples();

    Run(Plan plan, Vertx vertx, Upstream upstream, Subject subject) {
        this.plan = plan;
        this.vertx = vertx;
        this.upstream = upstream;
        this.subject = subject;
        this.marks = new Marks(subject.marks());
        this.kinds = EnumSet.copyOf(subject.kinds());
        this.kinds.removeAll(plan.without());
    }

    Figures figures() throws Exception {
        warmUp();
        Vitals before = subject.vitals();
        SwapClock clock = new SwapClock();
        Ledger ledger = new Ledger(marks, clock, subject.endsStreams() ? plan.drainDeadline() : FOR_EVER);
        Load load = Load.start(vertx, subject.port(), ledger, plan.size(), kinds);
        pause(plan.steady());
        Figures.Swaps swaps = swap(load, clock);
        load.rest(plan.size().upload().plus(PATIENCE));
        load.end();
        Vitals after = givenBack(before);
        Map<Kind, Figures.Traffic> traffic = new EnumMap<>(Kind.class);
        kinds.forEach(kind -> traffic.put(kind, Figures.Traffic.of(ledger.of(kind))));
        return new Figures(
                subject.name(),
                traffic,
                Figures.Times.of(ledger.steady()),
                Figures.Times.of(ledger.inSwap()),
                ledger.longestGap(),
                swaps,
                before,
                after,
                new Figures.Held(
                        subject.inUse(), samples.mostGenerations(), samples.metaspaceGrowthAfter(GROWTH_FROM)));
    }

    /** Everything once, so that what comes later is compared with a gateway that has its threads and pools. */
    private void warmUp() throws Exception {
        SwapClock clock = new SwapClock();
        Ledger ledger = new Ledger(marks, clock, plan.drainDeadline());
        Load load = Load.start(vertx, subject.port(), ledger, plan.warmUpSize(), kinds);
        pause(plan.warmUp());
        Swapper code = code(clock);
        Swapper config = config(clock);
        List<Thread> threads = start(code, config, plan.warmUpSwaps());
        for (Thread thread : threads) {
            thread.join();
        }
        if (!code.refused().isEmpty() || !config.refused().isEmpty()) {
            throw new IOException("refused in the warm-up: " + code.refused() + config.refused());
        }
        load.rest(PATIENCE);
        load.end();
        upstream.dropConnections();
        pause(Duration.ofSeconds(1));
    }

    private Figures.Swaps swap(Load load, SwapClock clock) throws Exception {
        Swapper code = code(clock);
        Swapper config = config(clock);
        long end = System.nanoTime() + plan.pace().toNanos() * plan.swaps();
        List<Thread> threads = start(code, config, plan.swaps());
        int nextSample = plan.swapsPerSample();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            pause(LOOK_EVERY);
            // What takes long begins early enough to end among swaps, not after them.
            long left = end - System.nanoTime();
            if (left < plan.size().upload().toNanos()) {
                load.rest(Kind.UPLOAD);
            }
            if (left < plan.size().poll().toNanos()) {
                load.rest(Kind.LONG_POLL);
            }
            int done = Math.max(code.done(), config.done());
            if (done >= nextSample) {
                samples.add(done, subject.vitals());
                nextSample = done - done % plan.swapsPerSample() + plan.swapsPerSample();
            }
        }
        List<String> refused = new ArrayList<>(code.refused());
        refused.addAll(config.refused());
        large(clock, refused);
        return new Figures.Swaps(plan.swaps(), code.done(), config.done(), refused, times(clock));
    }

    private List<Thread> start(Swapper code, Swapper config, int count) {
        return List.of(code.start("code", count, plan.pace()), config.start("config", count, plan.pace()));
    }

    private Swapper code(SwapClock clock) {
        List<Mark> turns = new ArrayList<>(marks.all());
        turns.remove(Mark.CONFIG);
        return new Swapper(subject, marks, clock, turns);
    }

    private Swapper config(SwapClock clock) {
        return new Swapper(subject, marks, clock, List.of(Mark.CONFIG));
    }

    /** While the load goes on. The first round brings the routes, and is not counted. */
    private void large(SwapClock clock, List<String> refused) throws Exception {
        long number = marks.acknowledged(Mark.CONFIG);
        try {
            boolean measured = clock.replace(() -> subject.swapOneRouteOfMany(number, 0));
            for (int round = 1; measured && round <= LARGE_ROUNDS; round++) {
                int changed = round;
                clock.time(Way.LARGE_CONFIG, () -> subject.swapOneRouteOfMany(number, changed));
            }
            long last = marks.begin(Mark.CONFIG);
            clock.replace(() -> {
                subject.swap(Mark.CONFIG, last);
                marks.acknowledge(Mark.CONFIG, last);
                return last;
            });
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            refused.add("1,000 routes: " + e);
        }
    }

    /** What the process holds once it has had the time to give back what it does not need. */
    private Vitals givenBack(Vitals before) throws Exception {
        long end = System.nanoTime() + GIVEN_BACK.toNanos();
        while (true) {
            upstream.dropConnections();
            pause(Duration.ofSeconds(1));
            Vitals now = subject.vitals();
            boolean back = now.threadsBeyond(before).isEmpty()
                    && now.descriptorsBeyond(before).isEmpty()
                    && now.deletedJars().isEmpty()
                    && now.generations() <= subject.inUse();
            if (back || System.nanoTime() - end > 0) {
                return now;
            }
        }
    }

    private static Map<Way, Figures.Times> times(SwapClock clock) {
        Map<Way, Figures.Times> times = new EnumMap<>(Way.class);
        for (Way way : Way.values()) {
            if (clock.times(way).getTotalCount() > 0) {
                times.put(way, Figures.Times.of(clock.times(way)));
            }
        }
        return times;
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }
}
