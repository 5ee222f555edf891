package dev.jarway.runtime.balance;

import dev.jarway.runtime.config.ServiceConfig;
import java.time.Instant;

/**
 * How an endpoint is, for people to read.
 *
 * @param url where requests go
 * @param name the host's name, or the address if that is what stands in the configuration
 * @param weight as written
 * @param priority of its group
 * @param used whether it gets requests, as far as it alone is concerned
 * @param state one of {@code healthy}, {@code warming}, {@code failing} and {@code ejected}
 * @param share how much of its share it gets, from 0 to 1
 * @param reason of the last change
 * @param since when that was
 * @param figures what has been counted
 * @param failuresInARow how many of the last requests have failed
 * @param lastFailure what the last one was; empty if there was none
 */
public record EndpointReport(
        String url,
        String name,
        int weight,
        int priority,
        boolean used,
        String state,
        double share,
        String reason,
        Instant since,
        LoadFigures figures,
        int failuresInARow,
        String lastFailure) {

    static EndpointReport of(ServiceConfig config, Member member, long now) {
        LiveEndpoint live = member.live();
        Standing standing = live.standing();
        boolean used = Roster.isUsable(config, member);
        double share = config.slowStart().map(span -> standing.share(span, now)).orElse(1.0);
        String state =
                standing.failing() ? "failing" : standing.ejected() ? "ejected" : share < 1 ? "warming" : "healthy";
        return new EndpointReport(
                member.endpoint().url().toString(),
                live.address().host(),
                member.weight(),
                member.priority(),
                used,
                state,
                used ? share : 0,
                standing.reason(),
                standing.since(),
                live.figures(),
                live.failuresInARow(),
                live.lastFailure());
    }
}
