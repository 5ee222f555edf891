package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.LoadBalancer;
import dev.jarway.runtime.filter.StableHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How one event loop shares out its requests to one service. It arranges itself anew when there is another roster. */
final class LoopBalancing {
    private static final long GROUP_SALT = 0x9e3779b97f4a7c15L;

    private final LoadBalancer kind;
    private final int loop;
    private final LongSupplier nanoTime;

    private @Nullable Roster arranged;
    private List<Balancer> balancers = List.of();

    LoopBalancing(LoadBalancer kind, int loop, LongSupplier nanoTime) {
        this.kind = kind;
        this.loop = loop;
        this.nanoTime = nanoTime;
    }

    /** The endpoint for a request; empty if none can be used. */
    @SuppressWarnings("ReferenceEquality") // Another roster is another arrangement, and this is asked for each request.
    Optional<Candidate> pick(Roster roster, Pick pick) {
        if (roster != arranged) {
            arrange(roster);
        }
        if (balancers.isEmpty()) {
            return Optional.empty();
        }
        int first = group(roster, pick);
        if (pick.tried().isEmpty()) {
            return Optional.of(balancers.get(first).next(pick));
        }
        for (int i = 0; i < balancers.size(); i++) {
            int next = (first + i) % balancers.size();
            Optional<Candidate> other = untried(roster.groups().get(next).candidates(), balancers.get(next), pick);
            if (other.isPresent()) {
                return other;
            }
        }
        return Optional.of(balancers.get(first).next(pick));
    }

    private void arrange(Roster roster) {
        List<Balancer> arrangement = new ArrayList<>(roster.groups().size());
        roster.groups().forEach(group -> arrangement.add(Balancer.of(kind, group, loop, nanoTime)));
        balancers = arrangement;
        arranged = roster;
    }

    private static int group(Roster roster, Pick pick) {
        List<Group> groups = roster.groups();
        if (groups.size() == 1 || groups.getFirst().share() >= 1) {
            return 0;
        }
        double point = pick.key().isPresent()
                ? StableHash.toFraction(StableHash.mix(pick.key().getAsLong() ^ GROUP_SALT))
                : ThreadLocalRandom.current().nextDouble();
        for (int i = 0; i < groups.size(); i++) {
            point -= groups.get(i).share();
            if (point <= 0) {
                return i;
            }
        }
        return groups.size() - 1;
    }

    /** As the balancer would have it, if that comes to one that has not been tried; else any that has not. */
    private static Optional<Candidate> untried(List<Candidate> candidates, Balancer balancer, Pick pick) {
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = balancer.next(pick);
            if (!pick.hasTried(candidate)) {
                return Optional.of(candidate);
            }
        }
        return candidates.stream()
                .filter(candidate -> !pick.hasTried(candidate))
                .findFirst();
    }
}
