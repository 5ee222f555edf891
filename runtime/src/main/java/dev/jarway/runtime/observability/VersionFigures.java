package dev.jarway.runtime.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one version does: since it went live, and lately. Safe from any thread. */
public final class VersionFigures {
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration GAP = Duration.ofSeconds(10);

    private final Tally tally;
    private final Deque<Moment> moments = new ArrayDeque<>();
    private @Nullable Instant since;

    private record Moment(Instant at, Figures figures) {}

    /** Figures of a version that is not live yet. */
    public VersionFigures(int loops) {
        this.tally = new Tally(loops);
    }

    /** Where its exchanges are counted. */
    public Tally tally() {
        return tally;
    }

    /** When requests could first meet it; empty if they never could. */
    public synchronized Optional<Instant> since() {
        return Optional.ofNullable(since);
    }

    /** What happened since it went live. */
    public Figures total() {
        return tally.read();
    }

    /** What happened in the last minute, to ten seconds. */
    public synchronized Figures lately() {
        Moment oldest = moments.peekFirst();
        return oldest == null ? tally.read() : tally.read().since(oldest.figures());
    }

    /** Says that time goes on, and that the version is live. To be called every second or so. */
    public synchronized void tick(Instant now) {
        if (since == null) {
            since = now;
        }
        pass(now);
    }

    /** Says that time goes on for a version that is live no more; nothing happens to one that never was. As often. */
    public synchronized void pass(Instant now) {
        if (since == null) {
            return;
        }
        Moment newest = moments.peekLast();
        if (newest == null || !newest.at().plus(GAP).isAfter(now)) {
            moments.addLast(new Moment(now, moments.isEmpty() ? Figures.NONE : tally.read()));
        }
        // The oldest has to stay as long as the next one is younger than the window.
        Instant begin = now.minus(WINDOW);
        while (moments.size() > 1 && !second().at().isAfter(begin)) {
            moments.removeFirst();
        }
    }

    private Moment second() {
        return moments.stream().skip(1).findFirst().orElseThrow();
    }
}
