package dev.jarway.runtime.routing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The routes with a regular expression for the path, by the text with which all paths begin that the expression matches, so
 * that only those are tried that have a chance. Routes with the same expression stand together, in the place of the first.
 */
final class RegexIndex<T> {
    private final RegionMap<RegexBucket<T>> buckets;
    private final BitSet lengths;

    private RegexIndex(RegionMap<RegexBucket<T>> buckets, BitSet lengths) {
        this.buckets = buckets;
        this.lengths = lengths;
    }

    /** Of routes by expression, in the order in which these are to be tried; null if there are none. */
    static <T> @Nullable RegexIndex<T> of(Map<String, List<Candidate<T>>> routes) {
        if (routes.isEmpty()) {
            return null;
        }
        var byPrefix = new HashMap<String, List<RegexBucket.Member<T>>>();
        routes.forEach(
                (regex, candidates) -> byPrefix.computeIfAbsent(LiteralPrefix.of(regex), prefix -> new ArrayList<>(1))
                        .add(new RegexBucket.Member<>(
                                candidates.getFirst().order(), new BoundedRegex(regex), Choice.of(candidates))));
        var lengths = new BitSet();
        var buckets = new HashMap<String, RegexBucket<T>>();
        // The shorter first, so that what a bucket continues is there before it.
        var ascending = new ArrayList<>(byPrefix.entrySet());
        ascending.sort(Comparator.comparingInt(entry -> entry.getKey().length()));
        for (var entry : ascending) {
            var prefix = entry.getKey();
            buckets.put(prefix, new RegexBucket<>(prefix, entry.getValue(), shorter(prefix, buckets, lengths)));
            lengths.set(prefix.length());
        }
        return new RegexIndex<>(RegionMap.of(buckets), lengths);
    }

    private static <T> @Nullable RegexBucket<T> shorter(
            String prefix, Map<String, RegexBucket<T>> buckets, BitSet lengths) {
        for (int i = lengths.previousSetBit(prefix.length() - 1); i >= 0; i = lengths.previousSetBit(i - 1)) {
            var bucket = buckets.get(prefix.substring(0, i));
            if (bucket != null) {
                return bucket;
            }
        }
        return null;
    }

    /** The first that fits; {@code allow} as in {@link Choice#first}. */
    @Nullable
    Candidate<T> first(RequestTarget request, String path, @Nullable Set<String> allow) {
        var bucket = longest(path);
        var member = bucket == null ? null : bucket.after(-1);
        while (bucket != null && member != null) {
            var found = member.regex().matches(path) ? member.choice().first(request, allow) : null;
            if (found != null) {
                return found;
            }
            member = bucket.after(member.order());
        }
        return null;
    }

    private @Nullable RegexBucket<T> longest(String path) {
        RegexBucket<T> longest = null;
        int end = Math.min(path.length(), lengths.length() - 1);
        int hash = 0;
        int power = 1;
        for (int i = 0; i <= end; i++) {
            var bucket = lengths.get(i) ? buckets.find(path, 0, i, hash) : null;
            longest = bucket == null ? longest : bucket;
            if (i < end) {
                hash = RegionMap.extendRight(hash, power, path.charAt(i));
                power = RegionMap.extendPower(power);
            }
        }
        return longest;
    }
}
