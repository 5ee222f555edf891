package dev.jarway.soak.measure;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something that was sent and has to be answered. Ends once. Of one thread. */
public final class Attempt {
    private final Ledger ledger;
    private final KindTally tally;
    private final long due;
    private final Map<Mark, Long> floor;
    private boolean ended;

    Attempt(Ledger ledger, KindTally tally, long due, Map<Mark, Long> floor) {
        this.ledger = ledger;
        this.tally = tally;
        this.due = due;
        this.floor = floor;
    }

    /** Judges the headers of its answer; false if they are wrong, and then it has failed. */
    public boolean accepts(int status, Function<String, @Nullable String> headers) {
        if (status != 200 && status != 101) {
            failed("status " + status);
            return false;
        }
        return switch (ledger.marks().judge(floor, headers)) {
            case Marks.Verdict.Fresh fresh -> true;
            case Marks.Verdict.Stale stale -> {
                tally.stale.incrementAndGet();
                tally.reason("stale: " + stale.what());
                yield true;
            }
            case Marks.Verdict.Wrong wrong -> {
                failed(wrong.what());
                yield false;
            }
        };
    }

    /** It was answered, rightly, and its time counts. */
    public void answered() {
        if (end()) {
            ledger.timed(tally, due);
        }
    }

    /** It was answered, rightly; it is of a kind that takes its time by design. */
    public void answeredInItsTime() {
        end();
    }

    /** It was answered wrongly, or not at all. */
    public void failed(String reason) {
        if (end()) {
            tally.failed.incrementAndGet();
            tally.reason("failed: " + reason);
        }
    }

    /** Its connection or stream was ended before the answer was there. */
    public void cut(String reason) {
        if (end()) {
            tally.cut.incrementAndGet();
            tally.reason("cut: " + reason);
        }
    }

    private boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        tally.open.decrementAndGet();
        return true;
    }
}
