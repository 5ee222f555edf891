package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;

/**
 * When an endpoint is ejected because of what became of requests: it gets none for a while.
 *
 * @param failures how many in a row eject it; a failure is no connection, a connection or a response that broke, or no
 *     response in time
 * @param status responses that are failures too
 * @param ejectFor how long it is ejected the first time; each further time in a row it is twice as long
 * @param longest the most that it is ejected for
 * @param maxEjected the most of the service's endpoints that are ejected at one time. One may always be if there are others
 */
public record PassiveHealthConfig(
        @Default("5") @Min(1) @Max(10_000) int failures,

        @Default("[]") List<@Pattern(regexp = StatusPattern.PATTERN, message = StatusPattern.EXPECTED) String> status,

        @Default("30s") @Positive Duration ejectFor,
        @Default("5m") @Positive Duration longest,

        @Default("50%") @Pattern(regexp = Percent.PATTERN, message = Percent.EXPECTED)
        String maxEjected) {

    /** The most that are ejected at one time, of that many. Of several one may be, unless none may. */
    public int most(int all) {
        int percent = Percent.of(maxEjected);
        return percent == 0 ? 0 : Math.max(1, (int) ((long) percent * all / 100));
    }
}
