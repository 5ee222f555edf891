package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Pattern;
import java.util.OptionalDouble;

/**
 * How much worse than the version before a rollout's target may be.
 *
 * @param errorRate how many percent of its requests more may fail: with {@code 2%} it may be 3 % if it is 1 % there. Or
 *     {@code off}
 * @param latency how many times as long the slowest hundredth of its requests may take. Or {@code off}
 */
public record AbortConfig(
        @Default("2%")
        @Pattern(regexp = "off|(100|[0-9]{1,2})(\\.[0-9]{1,3})?%", message = "percent such as 2% or 0.5%, or off")
        String errorRate,

        @Default("1.5x")
        @Pattern(regexp = "off|[1-9][0-9]{0,3}(\\.[0-9]{1,3})?x", message = "a factor such as 1.5x, or off")
        String latency) {

    /** The error share that may come on top, from 0 to 1; empty if errors are not looked at. */
    public OptionalDouble errorMargin() {
        return errorRate.equals("off") ? OptionalDouble.empty() : OptionalDouble.of(number(errorRate) / 100);
    }

    /** How many times the other version's p99 is borne; empty if latency is not looked at. */
    public OptionalDouble latencyFactor() {
        return latency.equals("off") ? OptionalDouble.empty() : OptionalDouble.of(number(latency));
    }

    private static double number(String text) {
        return Double.parseDouble(text.substring(0, text.length() - 1));
    }
}
