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
 * How endpoints are asked whether they are well: by a GET of its own for each, from the whole gateway.
 *
 * @param path what is asked for, with a query if need be
 * @param host what it is asked under; the endpoint's own host and port if not given
 * @param interval from one answer to the next question, give or take a tenth
 * @param timeout how long an answer may take, connecting included
 * @param healthy how many good answers in a row bring an endpoint back
 * @param unhealthy how many others in a row take it out
 * @param status which answers are good
 */
public record ActiveHealthConfig(
        @Default("/") @Pattern(regexp = "/[!-~]*", message = "a path that begins with /")
        String path,

        Optional<@Pattern(regexp = "[A-Za-z0-9._:\\[\\]-]+", message = "a host, with a port if need be") String> host,
        @Default("5s") @Positive Duration interval,
        @Default("1s") @Positive Duration timeout,
        @Default("2") @Min(1) @Max(100) int healthy,
        @Default("3") @Min(1) @Max(100) int unhealthy,

        @Default("[\"2xx\"]") @NotEmpty
        List<@Pattern(regexp = StatusPattern.PATTERN, message = StatusPattern.EXPECTED) String> status) {}
