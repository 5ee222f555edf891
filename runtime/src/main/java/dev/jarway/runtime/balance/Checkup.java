package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ActiveHealthConfig;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** When an endpoint is asked how it is, and what it has answered in a row. Belongs to the caretaker's thread. */
final class Checkup {
    /** Endpoints are asked soon after they are known, but not all at one moment. */
    private static final long FIRST_WITHIN_NANOS = 500_000_000;

    private final RandomGenerator random;
    private long due;
    private boolean asking;
    private int good;
    private int bad;

    Checkup(ActiveHealthConfig config, RandomGenerator random, long now) {
        this.random = random;
        this.due = now
                + random.nextLong(Math.min(FIRST_WITHIN_NANOS, config.interval().toNanos()));
    }

    /** Whether to ask now. If so, an answer has to follow. */
    boolean begin(long now) {
        if (asking || now - due < 0) {
            return false;
        }
        asking = true;
        return true;
    }

    /**
     * Takes an answer.
     *
     * @param failing what is held of the endpoint
     * @return whether that has to be held of it from now on; empty if nothing changes
     */
    Optional<Boolean> answer(boolean well, boolean failing, ActiveHealthConfig config, long now) {
        asking = false;
        due = now + (long) (config.interval().toNanos() * random.nextDouble(0.9, 1.1));
        good = well ? good + 1 : 0;
        bad = well ? 0 : bad + 1;
        if (failing && good >= config.healthy()) {
            return Optional.of(false);
        }
        return !failing && bad >= config.unhealthy() ? Optional.of(true) : Optional.empty();
    }
}
