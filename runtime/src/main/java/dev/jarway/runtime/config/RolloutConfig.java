package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How another version takes the place of the one that the entry is pinned to, step by step, and on what grounds it is taken
 * back.
 *
 * @param target the version that is rolled out
 * @param name what the rollout is called; the entry's name if not given. Entries of one plugin with the same rollout take part
 *     in one
 * @param steps the target's share of the requests in each step, in percent, rising
 * @param hold how long each step lasts at least
 * @param minRequests how many requests the target has to have served in a step before it is judged there
 * @param abort what ends the rollout and gives all requests back to the version before
 */
public record RolloutConfig(
        String target,
        Optional<@Pattern(regexp = Names.PATTERN, message = Names.EXPECTED) String> name,

        @Default("[1,5,25,50,100]") @NotEmpty List<@Min(1) @Max(100) Integer> steps,

        @Default("5m") @Positive Duration hold,
        @Default("100") @Min(1) @Max(1_000_000_000) int minRequests,
        @Default("{}") AbortConfig abort) {}
