package dev.jarway.runtime.upstream;

import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The deadlines of one event loop's calls. Nearly all of them are lifted, and most are of a few spans: those of one span come due in
 * the order in which they were set, so they stand in a line that has one timer, and to set or lift one is to join the line or to
 * leave it. Belongs to that event loop.
 */
final class Deadlines {
    private final Map<Duration, Line> lines = new HashMap<>();
    private final LongSupplier nanos;
    private final Alarm alarm;

    /** Something that rings once, after that many milliseconds, on the event loop. */
    interface Alarm {
        void ringIn(long millis, Runnable ring);
    }

    /** None yet, by that clock. */
    Deadlines(LongSupplier nanos, Alarm alarm) {
        this.nanos = nanos;
        this.alarm = alarm;
    }

    /** None yet, for the event loop that calls first. */
    static Deadlines of(VertxInternal vertx) {
        return new Deadlines(System::nanoTime, (millis, ring) -> {
            // Not in the context of whichever request is served just now.
            ContextInternal loop = vertx.getOrCreateContext().unwrap();
            loop.setTimer(millis, rung -> ring.run());
        });
    }

    /** Has something done once so much time has gone by, unless the deadline is lifted before. Never early. */
    Deadline set(Duration span, Runnable over) {
        return lines.computeIfAbsent(span, Line::new).join(over);
    }

    /** A deadline that is set. */
    static final class Deadline {
        private final long at;
        private final Runnable over;
        private @Nullable Line line;
        private @Nullable Deadline before;
        private @Nullable Deadline after;

        private Deadline(Line line, long at, Runnable over) {
            this.line = line;
            this.at = at;
            this.over = over;
        }

        /** When it comes due, by {@link System#nanoTime}. */
        long at() {
            return at;
        }

        /** Lifts it, if it has not come due. */
        void lift() {
            if (line != null) {
                line.leave(this);
            }
        }
    }

    private final class Line {
        private final Duration span;
        private @Nullable Deadline first;
        private @Nullable Deadline last;

        /** Whether the timer runs, or the line is seen to: until then, whoever joins is behind others that come first. */
        private boolean armed;

        Line(Duration span) {
            this.span = span;
        }

        Deadline join(Runnable over) {
            Deadline one = new Deadline(this, nanos.getAsLong() + span.toNanos(), over);
            one.before = last;
            if (last == null) {
                first = one;
            } else {
                last.after = one;
            }
            last = one;
            if (!armed) {
                arm(span.toNanos());
            }
            return one;
        }

        void leave(Deadline one) {
            if (one.before == null) {
                first = one.after;
            } else {
                one.before.after = one.after;
            }
            if (one.after == null) {
                last = one.before;
            } else {
                one.after.before = one.before;
            }
            one.line = null;
            one.before = null;
            one.after = null;
        }

        private void arm(long nanosFromNow) {
            armed = true;
            alarm.ringIn(Math.max(1, Math.ceilDiv(nanosFromNow, 1_000_000L)), this::ring);
        }

        private void ring() {
            try {
                Deadline due = first;
                while (due != null && due.at - nanos.getAsLong() <= 0) {
                    leave(due);
                    due.over.run();
                    due = first;
                }
            } finally {
                goOn();
            }
        }

        /** Where what is done has thrown, too: the others are still to come due. */
        private void goOn() {
            if (first == null) {
                armed = false;
                lines.remove(span, this);
            } else {
                arm(first.at - nanos.getAsLong());
            }
        }
    }
}
