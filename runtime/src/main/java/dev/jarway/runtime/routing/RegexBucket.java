package dev.jarway.runtime.routing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The regular expressions whose matches all begin with the same text.
 *
 * @param prefix that text
 * @param members in the order in which they are to be tried
 * @param shorter those whose matches begin with the beginning of that text: whoever tries these has to try those
 */
record RegexBucket<T>(
        String prefix, List<Member<T>> members, @Nullable RegexBucket<T> shorter) implements Region {

    @Override
    public boolean is(String text, int from, int to) {
        return Region.is(prefix, text, from, to);
    }

    /** The next to be tried after that of this order, here or in a shorter one. */
    @Nullable
    Member<T> after(int order) {
        Member<T> next = null;
        for (var bucket = this; bucket != null; bucket = bucket.shorter) {
            int place = bucket.firstAfter(order);
            var member = place < bucket.members.size() ? bucket.members.get(place) : null;
            if (member != null && (next == null || member.order < next.order)) {
                next = member;
            }
        }
        return next;
    }

    private int firstAfter(int order) {
        int low = 0;
        int high = members.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (members.get(middle).order <= order) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** One expression and its routes. The order is the place of the first of these in the document. */
    record Member<T>(int order, BoundedRegex regex, Choice<T> choice) {}
}
