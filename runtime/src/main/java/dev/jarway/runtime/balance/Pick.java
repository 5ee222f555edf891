package dev.jarway.runtime.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is asked of a pick.
 *
 * @param key the hash by which a caller's requests go to one endpoint, if there is one
 * @param tried endpoints that come last, as they have been tried for this request
 */
public record Pick(OptionalLong key, List<LiveEndpoint> tried) {
    private static final Pick ANY = new Pick(OptionalLong.empty(), List.of());

    /** Any endpoint. */
    public static Pick any() {
        return ANY;
    }

    /** The endpoint that belongs to a caller's hash. */
    public static Pick of(long key) {
        return new Pick(OptionalLong.of(key), List.of());
    }

    /** Another than that one, if there is another. */
    public Pick after(LiveEndpoint failed) {
        if (tried.isEmpty()) {
            return new Pick(key, List.of(failed)); // As nearly always.
        }
        List<LiveEndpoint> all = new ArrayList<>(tried);
        all.add(failed);
        return new Pick(key, List.copyOf(all));
    }

    boolean hasTried(Candidate candidate) {
        return !tried.isEmpty() && tried.contains(candidate.member().live());
    }
}
