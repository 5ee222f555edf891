package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.LoadBalancer;
import dev.jarway.runtime.config.ServiceConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which endpoints of a service requests may go to, as of some moment, and in which groups. Immutable: whenever an endpoint's
 * standing changes there is another one, and each event loop takes it with its next request.
 *
 * @param groups in the order of their priority; none if no endpoint can be used
 * @param panic whether all endpoints are used, since too few are well
 */
record Roster(List<Group> groups, boolean panic) {

    /** A group may lose that much of itself before requests spill over to the next, since endpoints have some to spare. */
    private static final double OVERPROVISION = 1.4;

    /** Arranges members by what is known of them. */
    static Roster of(ServiceConfig config, List<Member> members, long now) {
        Map<Integer, List<Member>> byPriority = new TreeMap<>();
        members.forEach(member -> byPriority
                .computeIfAbsent(member.priority(), priority -> new ArrayList<>())
                .add(member));
        boolean panic = !members.isEmpty() && byPriority.values().stream().allMatch(group -> isTooWeak(config, group));
        List<Part> parts = new ArrayList<>();
        byPriority.forEach((priority, all) -> parts.add(part(config, priority, all, panic, now)));
        double sum = parts.stream().mapToDouble(Part::health).sum();
        // If all together are too weak, each bears its part of what there is.
        double scale = sum > 0 && sum < 1 ? 1 / sum : 1;
        List<Group> groups = new ArrayList<>();
        double left = 1;
        for (Part part : parts) {
            double share = Math.min(left, part.health() * scale);
            left -= share;
            if (!part.candidates().isEmpty()) {
                groups.add(group(config, part, share));
            }
        }
        return new Roster(List.copyOf(groups), panic);
    }

    private static boolean isTooWeak(ServiceConfig config, List<Member> group) {
        long usable = group.stream().filter(member -> isUsable(config, member)).count();
        return config.health().isPanic(usable, group.size());
    }

    /** Whether a service sends requests to an endpoint. What it does not look for does not count against an endpoint. */
    static boolean isUsable(ServiceConfig config, Member member) {
        Standing standing = member.live().standing();
        return !(standing.failing() && config.health().active().isPresent())
                && !(standing.ejected() && config.health().passive().isPresent());
    }

    /**
     * The members of one priority.
     *
     * @param health how much of the requests it can bear, from 0 to 1
     */
    private record Part(int priority, List<Candidate> candidates, double health) {}

    private static Part part(ServiceConfig config, int priority, List<Member> all, boolean panic, long now) {
        List<Candidate> candidates = new ArrayList<>();
        long total = 0;
        long usable = 0;
        for (Member member : all) {
            total += member.weight();
            if (panic || isUsable(config, member)) {
                usable += member.weight();
                double share = config.slowStart()
                        .map(slowStart -> member.live().standing().share(slowStart, now))
                        .orElse(1.0);
                candidates.add(Candidate.of(member, share));
            }
        }
        return new Part(priority, List.copyOf(candidates), Math.min(1, OVERPROVISION * usable / total));
    }

    private static Group group(ServiceConfig config, Part part, double share) {
        boolean hashed = config.loadBalancer() == LoadBalancer.CONSISTENT_HASH;
        List<Candidate> placed = hashed ? part.candidates() : List.of();
        return new Group(part.priority(), share, part.candidates(), new CallerPlaces(placed));
    }

    /** Whether some of it has to be arranged anew as time goes on. */
    static boolean isWarming(ServiceConfig config, List<Member> members) {
        return config.slowStart().isPresent()
                && members.stream()
                        .anyMatch(member -> member.live().standing().warming().isPresent());
    }
}
