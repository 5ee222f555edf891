package dev.jarway.testkit;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.runtime.Gateway;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The proof that nothing of a plugin is left once nobody needs it. Made while the gateway runs, for what holds a plugin is
 * often one of the gateway's own threads.
 */
record LeakCheck(Gateway gateway, Duration within) {
    private static final Set<GenerationState> CLOSED =
            EnumSet.of(GenerationState.CLOSED, GenerationState.COLLECTED, GenerationState.ZOMBIE);
    private static final Duration SEARCH = Duration.ofSeconds(10);

    /**
     * Waits until these are collected.
     *
     * @throws AssertionError naming each that is not, and what holds it
     */
    void require(List<LoadedPlugin> generations) throws InterruptedException {
        var patience = Patience.of(within);
        var left = generations.stream()
                .filter(generation -> !patience.until(() -> CLOSED.contains(generation.state())))
                .map(generation -> "plugin " + generation + " is not closed but " + generation.state() + " after "
                        + within.toSeconds() + " s: a request that uses it is under way, or its close() hangs")
                .collect(Collectors.toList());
        // All at once: each has the same time.
        var ends = generations.stream()
                .filter(generation -> CLOSED.contains(generation.state()))
                .collect(Collectors.toMap(generation -> generation, gateway::collect));
        for (var end : ends.entrySet()) {
            leak(end.getKey(), end.getValue()).ifPresent(left::add);
        }
        if (!left.isEmpty()) {
            throw new AssertionError(String.join("\n", left));
        }
    }

    private Optional<String> leak(LoadedPlugin generation, CompletableFuture<GenerationState> end)
            throws InterruptedException {
        try {
            return end.get(within.plus(SEARCH).toMillis(), TimeUnit.MILLISECONDS) == GenerationState.COLLECTED
                    ? Optional.empty()
                    : Optional.of("plugin " + generation + " is closed but not collected after " + within.toSeconds()
                            + " s, held by " + holders(generation.leakReport()));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.of("plugin " + generation + ": whether it is collected could not be found out: " + e);
        }
    }

    private static String holders(LeakReport report) {
        var holders = report.holders().stream()
                .map(holder -> holder.kind() + ": " + holder.detail())
                .collect(Collectors.joining("; "));
        var held = holders.isEmpty() ? "something that was not found" : holders;
        return report.notSearched().isEmpty() ? held : held + "; not searched: " + report.notSearched();
    }
}
