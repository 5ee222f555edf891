package dev.jarway.runtime.balance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How what is written becomes the members of a service: a name becomes an endpoint for each of its addresses, and endpoints
 * that were members already are the same ones, with all that is known of them.
 *
 * @param before the members so far
 * @param answers the addresses of names, as far as they are known; a name without is looked up for each connection
 * @param loops how many event loops there are
 * @param now what time it is
 */
record Membership(List<Member> before, Map<String, List<String>> answers, int loops, Instant now) {

    List<Member> of(List<Written> written) {
        Map<EndpointAddress, LiveEndpoint> known = before.stream()
                .collect(Collectors.toMap(member -> member.live().address(), Member::live, (one, same) -> one));
        Map<EndpointAddress, Member> members = new LinkedHashMap<>();
        for (Written one : written) {
            EndpointAddress named = one.address();
            for (EndpointAddress address : resolved(named)) {
                // What is written first counts; a discovery may find what is configured too.
                members.computeIfAbsent(
                        address, at -> Member.of(live(at, named, known), one.endpoint(), one.priority()));
            }
        }
        return List.copyOf(members.values());
    }

    private List<EndpointAddress> resolved(EndpointAddress named) {
        List<String> addresses = answers.get(named.host());
        return addresses == null || !named.isName()
                ? List.of(named)
                : addresses.stream().map(named::at).toList();
    }

    private LiveEndpoint live(
            EndpointAddress address, EndpointAddress named, Map<EndpointAddress, LiveEndpoint> known) {
        LiveEndpoint same = known.get(address);
        if (same != null) {
            return same;
        }
        // Looked up for the first time: it is the endpoint that it was.
        Optional<Standing> asName = Optional.ofNullable(known.get(named)).map(LiveEndpoint::standing);
        return new LiveEndpoint(address, loops, asName.orElseGet(() -> joining(!known.isEmpty())));
    }

    /** One that joins others begins slowly; if all are new, somebody has to begin. */
    private Standing joining(boolean others) {
        Standing standing = Standing.unknown(now);
        return others ? standing.warming(Standing.Warmth.ABOUT_TO) : standing;
    }
}
