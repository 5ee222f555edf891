package dev.jarway.runtime.rollout;

import dev.jarway.runtime.config.AbortConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Both versions of a rollout.
 *
 * @param sideBySide whether they did so at the same time, so that what ails the service ails both
 */
public record Comparison(VersionRow stable, VersionRow target, boolean sideBySide) {
    /** So many standard errors apart two error shares have to be; chance has many tries, since it is asked again and again. */
    private static final double CLEAR = 3.3;

    /** What is faster than this is not slow, however fast the other one is. */
    private static final Duration LEAST_DIFFERENCE = Duration.ofMillis(5);

    /** Both at the same time. */
    Comparison(VersionRow stable, VersionRow target) {
        this(stable, target, true);
    }

    /** The two rows. */
    public List<VersionRow> rows() {
        return List.of(stable, target);
    }

    /** Why the target is not to be borne; empty if it is, or if that cannot be said yet. */
    Optional<String> breach(AbortConfig limits, int minRequests) {
        if (target.requests() < minRequests) {
            return Optional.empty();
        }
        Optional<String> errors = sideBySide && stable.requests() >= minRequests ? errors(limits) : ownErrors(limits);
        return errors.or(() -> latency(limits, minRequests));
    }

    private Optional<String> errors(AbortConfig limits) {
        double more = target.errorShare() - stable.errorShare();
        return limits.errorMargin().isPresent() && more > limits.errorMargin().getAsDouble() && isClear(more)
                ? Optional.of(
                        share(target) + "; " + share(stable) + "; at most " + limits.errorRate() + " more is allowed")
                : Optional.empty();
    }

    private boolean isClear(double more) {
        double pooled = (double) (target.failures() + stable.failures()) / (target.requests() + stable.requests());
        double variance = pooled * (1 - pooled) * (1.0 / target.requests() + 1.0 / stable.requests());
        return more >= CLEAR * Math.sqrt(variance);
    }

    /** A failure of the service is nobody's own, and here it would be held against the target alone. */
    private Optional<String> ownErrors(AbortConfig limits) {
        long own = target.ownFailures();
        double share = (double) own / target.requests();
        return limits.errorMargin().isPresent() && share > limits.errorMargin().getAsDouble()
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "%s failed %.2f%% of its requests by itself (%d of %d), while %s had too few to compare with;"
                                + " at most %s is allowed",
                        target.version(),
                        share * 100,
                        own,
                        target.requests(),
                        stable.version(),
                        limits.errorRate()))
                : Optional.empty();
    }

    private static String share(VersionRow row) {
        return String.format(
                Locale.ROOT,
                "%s failed %.2f%% of its requests (%d of %d)",
                row.version(),
                row.errorShare() * 100,
                row.failures(),
                row.requests());
    }

    private Optional<String> latency(AbortConfig limits, int minRequests) {
        if (limits.latencyFactor().isEmpty() || stable.requests() < minRequests) {
            return Optional.empty();
        }
        double bearable = stable.p99().toNanos() * limits.latencyFactor().getAsDouble();
        return target.p99().toNanos() > bearable
                        && target.p99().minus(stable.p99()).compareTo(LEAST_DIFFERENCE) > 0
                ? Optional.of(p99(target) + "; " + p99(stable) + "; at most " + limits.latency() + " is allowed")
                : Optional.empty();
    }

    private static String p99(VersionRow row) {
        return String.format(
                Locale.ROOT, "%s has a p99 of %.1f ms", row.version(), row.p99().toNanos() / 1e6);
    }
}
