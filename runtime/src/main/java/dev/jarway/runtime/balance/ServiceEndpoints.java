package dev.jarway.runtime.balance;

import dev.jarway.plugin.Endpoint;
import dev.jarway.runtime.config.PassiveHealthConfig;
import dev.jarway.runtime.config.ServiceConfig;
import dev.jarway.runtime.config.StatusPattern;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The endpoints of one service, and how its requests are shared out among them. Picking is for event loops; who its members are
 * and how they are arranged is changed by one thread, that of the caretaker.
 */
public final class ServiceEndpoints {
    private final ServiceConfig config;
    private final int loopCount;
    private final Timing timing;
    private final List<LoopBalancing> loops;
    private final Dialect dialect;
    private final Attempt.Verdicts verdicts = new Verdicts();

    private volatile Sources sources;
    private volatile List<Member> members;
    private volatile Roster roster;
    private volatile Trouble attendant = endpoint -> {};

    /** What was last kept up with; null before that. */
    private @Nullable News keptUp;

    private ServiceEndpoints(
            ServiceConfig config, int loops, Timing timing, Sources sources, List<Member> before, EndpointTls tls) {
        this.config = config;
        this.dialect = new Dialect(config.protocol(), tls, config.timeouts().connect());
        this.loopCount = loops;
        this.timing = timing;
        this.sources = sources; // There the names are found that it may know the addresses of.
        this.sources = sources.learning(Map.of(), names());
        this.members = members(before);
        this.roster = Roster.of(config, members, timing.nanos());
        this.loops = IntStream.range(0, loops)
                .mapToObj(loop -> new LoopBalancing(config.loadBalancer(), loop, timing::nanos))
                .toList();
    }

    /** The endpoints of a service, without TLS of its own. */
    static ServiceEndpoints of(
            ServiceConfig config,
            int loops,
            Timing timing,
            Optional<Discovered> discovery,
            Optional<ServiceEndpoints> before) {
        return of(config, loops, timing, discovery, before, EndpointTls.STANDARD);
    }

    /**
     * The endpoints of a service as configured.
     *
     * @param discovery what a plugin finds besides
     * @param before those that it had before, of which those that are still there are taken over with all that is known of
     *     them
     * @param tls how those are spoken to that want it
     */
    public static ServiceEndpoints of(
            ServiceConfig config,
            int loops,
            Timing timing,
            Optional<Discovered> discovery,
            Optional<ServiceEndpoints> before,
            EndpointTls tls) {
        Map<String, List<String>> answers =
                before.map(endpoints -> endpoints.sources.answers()).orElse(Map.of());
        return new ServiceEndpoints(
                config,
                loops,
                timing,
                new Sources(answers, discovery),
                before.map(ServiceEndpoints::members).orElse(List.of()),
                tls);
    }

    private List<Member> members(List<Member> before) {
        return new Membership(before, sources.answers(), loopCount, timing.wall()).of(written());
    }

    /** What is configured, then what is found. */
    private List<Written> written() {
        return Stream.concat(
                        config.endpoints().stream().map(Written::of),
                        sources.discovery().stream()
                                .flatMap(discovered -> discovered.current().stream())
                                .map(Written::discovered))
                .toList();
    }

    /** Who is told that an endpoint fails again and again. */
    interface Trouble {
        void with(LiveEndpoint endpoint);
    }

    /** The configuration that this follows. */
    public ServiceConfig config() {
        return config;
    }

    /** How they are spoken to. */
    public Dialect dialect() {
        return dialect;
    }

    /** How many event loops pick among them. */
    public int loops() {
        return loopCount;
    }

    /** The clocks that it goes by. */
    public Timing timing() {
        return timing;
    }

    /** What finds some of them. */
    public Optional<Discovered> discovery() {
        return sources.discovery();
    }

    /** The names among their hosts. */
    Set<String> names() {
        return written().stream()
                .map(Written::address)
                .filter(EndpointAddress::isName)
                .map(EndpointAddress::host)
                .collect(Collectors.toSet());
    }

    /** Takes the addresses of a name, and says whether these are others than before. */
    boolean learn(String name, List<String> addresses) {
        if (addresses.equals(sources.answers().get(name))) {
            return false;
        }
        sources = sources.learning(Map.of(name, addresses), names());
        gather();
        return true;
    }

    /** Takes what the same service has found out as it was configured before, also since this one was made. */
    void learn(ServiceEndpoints before) {
        if (!before.discovery().equals(discovery())) {
            before.discovery().ifPresent(known -> discovery().ifPresent(mine -> mine.inherit(known.current())));
        }
        sources = sources.learning(before.sources.answers(), names());
        members =
                members(Stream.concat(before.members.stream(), members.stream()).toList());
        arrange();
    }

    /** What there is to keep up with. */
    private record News(Roster roster, List<Endpoint> found) {

        /** By identity: whatever changes, it is another. */
        @SuppressWarnings("ReferenceEquality")
        boolean isSame(@Nullable News other) {
            return other != null && roster == other.roster && found == other.found;
        }
    }

    /**
     * Follows the same service as it is configured after this, for requests that have begun on this one: who its members are is
     * said by this configuration, where they are and how they do is known there.
     */
    void keepUp(ServiceEndpoints successor) {
        News news =
                new News(successor.roster, discovery().map(Discovered::current).orElse(List.of()));
        if (news.isSame(keptUp)) {
            return;
        }
        keptUp = news;
        sources = sources.learning(successor.sources.answers(), names());
        members = members(
                Stream.concat(successor.members.stream(), members.stream()).toList());
        arrange();
    }

    /** Finds out anew who they are. */
    void gather() {
        members = members(members);
        arrange();
    }

    /** Who they are now. */
    public List<Member> members() {
        return members;
    }

    Roster roster() {
        return roster;
    }

    /**
     * The endpoint for a request.
     *
     * @param loop the index of the calling event loop
     * @return empty if no endpoint can be used
     */
    public Optional<Attempt> pick(int loop, Pick pick) {
        return loops.get(loop).pick(roster, pick).map(candidate -> attempt(candidate.member(), loop));
    }

    /** Why there is none to be picked. */
    public String obstacle() {
        List<Member> all = members;
        if (all.isEmpty()) {
            return "no endpoint is known";
        }
        long ejected = all.stream()
                .filter(member -> member.live().standing().ejected())
                .count();
        String both = ejected == 0 ? "" : ", " + ejected + " of them are ejected";
        return "none of its " + all.size() + " endpoints is healthy" + both;
    }

    /** What an operator has to know about them as a whole, if anything. */
    public Optional<String> trouble() {
        Roster now = roster;
        if (now.groups().isEmpty()) {
            return Optional.of(obstacle());
        }
        return now.panic()
                ? Optional.of("fewer than " + config.health().panicBelow()
                        + " of its endpoints are well, so all of them are used")
                : Optional.empty();
    }

    /** How each of them is, as of a moment ago. */
    public List<EndpointReport> report() {
        return members.stream()
                .map(member -> EndpointReport.of(config, member, timing.nanos()))
                .toList();
    }

    /** That endpoint, however it is, one of the service's or not. */
    public Attempt steered(int loop, URI url) {
        Endpoint wanted = new Endpoint(url, 1);
        EndpointAddress address = EndpointAddress.of(wanted);
        return attempt(
                members.stream()
                        .filter(member -> member.isAt(address))
                        .findFirst()
                        .orElseGet(() -> Member.of(LiveEndpoint.unknown(address, loopCount, timing.wall()), wanted, 0)),
                loop);
    }

    private Attempt attempt(Member member, int loop) {
        return new Attempt(member, loop, dialect, verdicts, timing::nanos);
    }

    /** Arranges them by how they are now. */
    void arrange() {
        roster = Roster.of(config, members, timing.nanos());
    }

    /** Tells this one of trouble from now on. */
    void attend(Trouble caretaker) {
        attendant = caretaker;
    }

    private final class Verdicts implements Attempt.Verdicts {

        @Override
        public boolean isFailure(int status) {
            return config.health()
                    .passive()
                    .filter(passive -> StatusPattern.fits(passive.status(), status))
                    .isPresent();
        }

        @Override
        public void failed(LiveEndpoint endpoint, int inARow) {
            int limit =
                    config.health().passive().map(PassiveHealthConfig::failures).orElse(0);
            // Each time anew, for it may not have been possible to eject it.
            if (limit > 0 && inARow % limit == 0) {
                attendant.with(endpoint);
            }
        }
    }
}
