package dev.jarway.runtime.balance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which endpoints no service has any more, so that connections to them can be closed. Belongs to the caretaker's thread. */
final class Partings {
    /** For requests that began before and are just about to use such a connection. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Map<EndpointAddress, Long> gone = new HashMap<>();
    private List<List<Member>> seen = List.of();
    private Set<EndpointAddress> present = Set.of();

    /** Those that have gone for good by now, each told once. */
    List<EndpointAddress> look(Collection<ServiceEndpoints> services, long now) {
        List<List<Member>> members =
                services.stream().map(ServiceEndpoints::members).toList();
        if (!isSame(members)) {
            seen = members;
            Set<EndpointAddress> here = new HashSet<>();
            members.forEach(
                    list -> list.forEach(member -> here.add(member.live().address())));
            present.stream()
                    .filter(address -> !here.contains(address))
                    .forEach(address -> gone.putIfAbsent(address, now));
            gone.keySet().removeAll(here);
            present = here;
        }
        List<EndpointAddress> over = new ArrayList<>();
        gone.forEach((address, since) -> {
            if (now - since >= GRACE.toNanos()) {
                over.add(address);
            }
        });
        over.forEach(gone::remove);
        return over;
    }

    /** By identity: the lists do not change, and there may be many of them. */
    @SuppressWarnings("ReferenceEquality")
    private boolean isSame(List<List<Member>> members) {
        if (members.size() != seen.size()) {
            return false;
        }
        for (int i = 0; i < seen.size(); i++) {
            if (members.get(i) != seen.get(i)) {
                return false;
            }
        }
        return true;
    }
}
