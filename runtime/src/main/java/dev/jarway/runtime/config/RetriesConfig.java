package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When a request is tried again, at another endpoint if there is one. Never once anything of a response has gone to the client.
 *
 * @param attempts how many more times, at most
 * @param on after what: {@code connect-failure}, {@code refused-stream}, {@code reset}, and statuses such as {@code 503} or
 *     {@code 5xx}
 * @param perTryTimeout how long one try may wait for the response's headers before there is another
 * @param budget how many requests of the service may be tried again
 */
public record RetriesConfig(
        @Default("1") @Min(0) @Max(10) int attempts,

        @Default("[\"connect-failure\",\"refused-stream\",\"reset\"]")
        List<
                        @Pattern(
                                regexp = "connect-failure|refused-stream|reset|5([0-9]{2}|xx)",
                                message = "connect-failure, refused-stream, reset, a status such as 503, or 5xx")
                        String>
                on,

        Optional<@Positive Duration> perTryTimeout,
        @Default("{}") RetryBudgetConfig budget) {

    /** The statuses among the reasons. */
    public List<String> statuses() {
        return on.stream().filter(reason -> reason.startsWith("5")).toList();
    }
}
