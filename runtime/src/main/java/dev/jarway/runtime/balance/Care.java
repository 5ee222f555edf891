package dev.jarway.runtime.balance;

import dev.jarway.runtime.balance.Standing.Warmth;
import dev.jarway.runtime.config.ActiveHealthConfig;
import dev.jarway.runtime.config.PassiveHealthConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done for the endpoints of one service as time goes on: they are asked how they are, ejected, let back, warmed up.
 * Belongs to the caretaker's thread.
 */
final class Care {
    private static final Logger log = LoggerFactory.getLogger(Care.class);

    private final Tools tools;
    private final Map<LiveEndpoint, Checkup> checkups = new HashMap<>();

    /** When endpoints that were ejected count as well again. */
    private final Map<LiveEndpoint, Long> forgiven = new HashMap<>();

    private final Search search;

    private ServiceEndpoints service;
    private long arrangedAt;
    private String told = "";

    /**
     * What it works with.
     *
     * @param probe asks endpoints
     * @param names looks names up
     * @param thread the thread that this belongs to, to come back to
     * @param random for what must not be done everywhere at once
     */
    record Tools(Timing timing, Probe probe, Names names, Executor thread, RandomGenerator random) {}

    Care(ServiceEndpoints service, Tools tools) {
        this.service = service;
        this.tools = tools;
        this.arrangedAt = tools.timing().nanos();
        this.search = new Search(service, tools, this::settle);
    }

    /** Goes on with these, which may be the same. */
    void adopt(ServiceEndpoints now) {
        if (now == service) {
            return;
        }
        if (!now.config().health().active().equals(active())) {
            // What has been asked so far is another question, and may have been at other times.
            checkups.clear();
        }
        service = now;
        search.follow(now);
        settle();
        Instant wall = tools.timing().wall();
        for (Member member : members()) {
            LiveEndpoint live = member.live();
            if (active().isEmpty() && live.standing().failing()) {
                enter(live, live.standing().passing("it is not checked any more", wall));
            }
            if (passive().isEmpty() && live.standing().ejected()) {
                enter(live, live.standing().returned("endpoints are not ejected any more", wall));
            }
        }
        service.arrange();
    }

    /** Has the same service keep up that was configured before, on which requests may have begun that go on. */
    void lead(ServiceEndpoints before) {
        if (before != service) {
            before.keepUp(service);
        }
    }

    /** Does what is due. */
    void look() {
        long now = tools.timing().nanos();
        search.look(now);
        boolean changed = false;
        for (Member member : members()) {
            LiveEndpoint live = member.live();
            changed |= letBack(live, now);
            changed |= warm(live, now);
            active().ifPresent(config -> check(live, config, now));
        }
        if (changed || now - arrangedAt >= warmingStep()) {
            arrange(now);
        }
    }

    /** There are others now, and what is known of those that have gone is not needed any more. */
    private void settle() {
        List<LiveEndpoint> present = members().stream().map(Member::live).toList();
        checkups.keySet().retainAll(present);
        forgiven.keySet().retainAll(present);
        tellTrouble();
    }

    /** So many requests in a row have failed there. It is ejected, unless too few were left then. */
    void trouble(LiveEndpoint live) {
        Optional<PassiveHealthConfig> config = passive();
        if (config.isEmpty() || live.standing().ejected() || !isMember(live) || !maySpare(live, config.get())) {
            return;
        }
        long now = tools.timing().nanos();
        Duration span = span(config.get(), live.standing().ejections());
        String why = live.failuresInARow() + " requests in a row failed there, the last with " + live.lastFailure();
        live.succeeded();
        forgiven.put(live, now + span.toNanos() * 2);
        live.enter(live.standing()
                .ejected(now + span.toNanos(), why, tools.timing().wall()));
        log.warn("Service {}: endpoint {} is ejected for {} ms: {}", name(), live, span.toMillis(), why);
        arrange(now);
    }

    private static Duration span(PassiveHealthConfig config, int before) {
        Duration span = config.ejectFor();
        for (int i = 0; i < before && span.compareTo(config.longest()) < 0; i++) {
            span = span.multipliedBy(2);
        }
        return span.compareTo(config.longest()) < 0 ? span : config.longest();
    }

    private boolean maySpare(LiveEndpoint live, PassiveHealthConfig config) {
        long ejected = members().stream()
                .filter(member -> member.live().standing().ejected())
                .count();
        boolean others = members().stream()
                .anyMatch(member -> member.live() != live && Roster.isUsable(service.config(), member));
        return others && ejected < config.most(members().size());
    }

    private boolean letBack(LiveEndpoint live, long now) {
        Standing standing = live.standing();
        if (standing.ejections() > 0 && !standing.ejected() && now - forgiven.getOrDefault(live, now) >= 0) {
            live.enter(standing.forgiven());
            forgiven.remove(live);
        }
        if (standing.ejection().isEmpty() || now - standing.ejection().get() < 0) {
            return false;
        }
        enter(live, standing.returned("its ejection is over", tools.timing().wall()));
        startWarming(live, now);
        return true;
    }

    private boolean warm(LiveEndpoint live, long now) {
        Optional<Warmth> warming = live.standing().warming();
        if (warming.isEmpty()) {
            return false;
        }
        Optional<Duration> slowStart = service.config().slowStart();
        if (slowStart.isEmpty()) {
            live.enter(live.standing().warm());
        } else if (warming.get().since().isEmpty()) {
            live.enter(live.standing().warming(Warmth.since(now)));
        } else if (live.standing().share(slowStart.get(), now) >= 1) {
            live.enter(live.standing().warm());
            return true;
        }
        return false;
    }

    private void startWarming(LiveEndpoint live, long now) {
        if (service.config().slowStart().isPresent()) {
            live.enter(live.standing().warming(Warmth.since(now)));
        }
    }

    private long warmingStep() {
        boolean warming = Roster.isWarming(service.config(), members());
        return warming
                ? service.config().slowStart().orElseThrow().dividedBy(20).toNanos()
                : Long.MAX_VALUE;
    }

    private void check(LiveEndpoint live, ActiveHealthConfig config, long now) {
        Checkup checkup = checkups.computeIfAbsent(live, first -> new Checkup(config, tools.random(), now));
        if (checkup.begin(now)) {
            var unused = tools.probe()
                    .ask(live.address(), service.dialect(), config)
                    .thenAcceptAsync(problem -> answered(live, checkup, problem), tools.thread());
        }
    }

    private void answered(LiveEndpoint live, Checkup checkup, Optional<String> problem) {
        Optional<ActiveHealthConfig> config = active();
        if (config.isEmpty() || checkups.get(live) != checkup) {
            return;
        }
        long now = tools.timing().nanos();
        Instant wall = tools.timing().wall();
        Standing standing = live.standing();
        Optional<Boolean> change = checkup.answer(problem.isEmpty(), standing.failing(), config.get(), now);
        if (change.isEmpty()) {
            return;
        }
        if (change.get()) {
            enter(live, standing.failing("it fails its checks: " + problem.orElse(""), wall));
        } else {
            enter(live, standing.passing("it passes its checks", wall));
            startWarming(live, now);
        }
        arrange(now);
    }

    private void enter(LiveEndpoint live, Standing next) {
        live.enter(next);
        if (next.failing() || next.ejected()) {
            log.warn("Service {}: endpoint {} cannot be used: {}", name(), live, next.reason());
        } else {
            // What was under way while it got nothing new says nothing about how it does now.
            live.succeeded();
            log.info("Service {}: endpoint {} can be used again: {}", name(), live, next.reason());
        }
    }

    private void arrange(long now) {
        arrangedAt = now;
        service.arrange();
        tellTrouble();
    }

    private void tellTrouble() {
        String trouble = service.trouble().orElse("");
        if (!trouble.equals(told)) {
            if (trouble.isEmpty()) {
                log.info("Service {}: enough endpoints can be used again", name());
            } else {
                log.warn("Service {}: {}", name(), trouble);
            }
            told = trouble;
        }
    }

    private boolean isMember(LiveEndpoint live) {
        return members().stream().anyMatch(member -> member.live() == live);
    }

    private List<Member> members() {
        return service.members();
    }

    private Optional<ActiveHealthConfig> active() {
        return service.config().health().active();
    }

    private Optional<PassiveHealthConfig> passive() {
        return service.config().health().passive();
    }

    private String name() {
        return service.config().name();
    }
}
