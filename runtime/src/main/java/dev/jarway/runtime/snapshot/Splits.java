package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.FilterConfig;
import dev.jarway.runtime.config.PluginReference;
import dev.jarway.runtime.config.SelectConfig;
import dev.jarway.runtime.config.StickyConfig;
import dev.jarway.runtime.filter.ChainEntry;
import dev.jarway.runtime.filter.FilterEntry;
import dev.jarway.runtime.filter.Shares;
import dev.jarway.runtime.filter.SplitEntry;
import dev.jarway.runtime.filter.VersionSplit;
import dev.jarway.runtime.filter.VersionSplit.Selection;
import dev.jarway.runtime.rollout.LiveRollout;
import dev.jarway.runtime.rollout.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The splits of one snapshot. Entries that split the same plugin in the same way share one, so that an exchange which meets
 * several of them meets one version.
 */
final class Splits {
    private final Map<Terms, VersionSplit> splits = new HashMap<>();
    private final Map<String, LiveRollout> rollouts;

    /**
     * Splits of a snapshot that is being built.
     *
     * @param rollouts its rollouts by name
     */
    Splits(Map<String, LiveRollout> rollouts) {
        this.rollouts = rollouts;
    }

    /** What makes two splits one: a rollout's name stands for its shares, which change. */
    private record Terms(
            List<PluginReference> versions,
            List<Integer> shares,
            Optional<String> rollout,
            Optional<StickyConfig> sticky,
            List<SelectConfig> select) {}

    /**
     * The place of an entry in a chain; empty if no version is there that requests could meet.
     *
     * @param present those of its versions that are there, in order
     */
    Optional<ChainEntry> entry(FilterConfig entry, Map<PluginReference, FilterEntry> present) {
        boolean whole = present.size() == entry.references().size();
        if (entry.references().size() == 1) {
            return Optional.ofNullable(present.get(entry.references().getFirst()));
        }
        if (entry.rollout().isPresent() && !whole) {
            return alone(entry, present);
        }
        List<PluginReference> versions = List.copyOf(present.keySet());
        List<Integer> shares = shares(entry, versions);
        if (entry.rollout().isEmpty() && shares.stream().allMatch(share -> share == 0)) {
            return Optional.empty();
        }
        VersionSplit split = splits.computeIfAbsent(
                new Terms(versions, shares, entry.rolloutName(), entry.sticky(), entry.select()), this::split);
        return Optional.of(new SplitEntry(entry.entryName(), split, List.copyOf(present.values())));
    }

    /** One version of a rollout without the other. What was taken back does not come back for want of the other. */
    private Optional<ChainEntry> alone(FilterConfig entry, Map<PluginReference, FilterEntry> present) {
        FilterEntry stable = present.get(entry.reference());
        if (stable != null) {
            return Optional.of(stable);
        }
        return rollout(entry.rolloutName().orElseThrow()).state().phase() == Phase.ROLLED_BACK
                ? Optional.empty()
                : present.values().stream().map(ChainEntry.class::cast).findFirst();
    }

    private static List<Integer> shares(FilterConfig entry, List<PluginReference> versions) {
        return versions.stream()
                .map(reference ->
                        entry.versions().getOrDefault(reference.version().orElse(""), 0))
                .toList();
    }

    private VersionSplit split(Terms terms) {
        return new VersionSplit(
                terms.versions().stream().map(PluginReference::toString).toList(),
                selections(terms),
                terms.sticky(),
                terms.rollout().<Supplier<Shares>>map(this::rollout).orElseGet(() -> fixed(terms.shares())));
    }

    private LiveRollout rollout(String name) {
        return Objects.requireNonNull(rollouts.get(name), name);
    }

    private static Supplier<Shares> fixed(List<Integer> shares) {
        Shares same = Shares.of(shares);
        return () -> same;
    }

    /** A selection of a version that is absent is left out, as that version is. */
    private static List<Selection> selections(Terms terms) {
        List<String> versions = terms.versions().stream()
                .map(reference -> reference.version().orElse(""))
                .toList();
        List<Selection> selections = new ArrayList<>();
        for (SelectConfig select : terms.select()) {
            int index = versions.indexOf(select.version());
            if (index >= 0) {
                selections.add(new Selection(select.match(), index));
            }
        }
        return selections;
    }

    /** Where an entry asks for a version, as a pointer below the entry. */
    static String where(FilterConfig entry, PluginReference reference) {
        if (reference.equals(entry.reference())) {
            return "/plugin";
        }
        return entry.rollout().isPresent()
                ? "/rollout/target"
                : "/versions/" + reference.version().orElse("");
    }
}
