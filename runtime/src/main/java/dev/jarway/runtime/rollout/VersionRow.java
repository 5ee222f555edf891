package dev.jarway.runtime.rollout;

import dev.jarway.runtime.observability.Figures;
import java.time.Duration;

/**
 * One line of the table in which both versions of a rollout stand.
 *
 * @param requests how many were over
 * @param failures how many of these failed
 * @param faults how many calls of the version threw or answered wrongly
 * @param timeouts how many calls of the version were late
 * @param p50 what half of the requests took at most
 * @param p99 what all requests but the slowest hundredth took at most
 */
public record VersionRow(
        String version, long requests, long failures, long faults, long timeouts, Duration p50, Duration p99) {

    static VersionRow of(String version, Figures figures) {
        return new VersionRow(
                version,
                figures.requests(),
                figures.failures(),
                figures.faults(),
                figures.timeouts(),
                figures.requestTime(50),
                figures.requestTime(99));
    }

    /** How many requests failed by the version itself, at most: a request may have had several of its faults. */
    long ownFailures() {
        return Math.min(failures, faults + timeouts);
    }

    /** From 0 to 1; 0 if there was no request. */
    public double errorShare() {
        return requests == 0 ? 0 : (double) failures / requests;
    }
}
