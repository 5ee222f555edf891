package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.endpoints;
import static dev.jarway.runtime.balance.ServiceSketch.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which groups of endpoints bear which part of the requests. */
class RosterTest {
    private static final int MANY = 20_000;
    private static final String ENDPOINTS =
            "health: { active: {}, panicBelow: 20% }, endpoints: [{ url: \"http://a1\" }, { url: \"http://a2\" },"
                    + " { url: \"http://a3\" }, { url: \"http://a4\" }, { url: \"http://b1\", priority: 1 },"
                    + " { url: \"http://b2\", priority: 1 }, { url: \"http://c1\", priority: 2 }]";

    private final ManualTime time = new ManualTime();
    private final ServiceEndpoints zones =
            ServiceEndpoints.of(service(ENDPOINTS), 1, time.timing(), Optional.empty(), Optional.empty());

    @Test
    void sendsAllToTheFirstGroupWhileThatCanBearIt() {
        assertThat(shares()).containsOnlyKeys("a");

        fail("a1");

        assertThat(shares()).containsOnlyKeys("a");
    }

    @Test
    void spillsOverAsTheFirstGroupGetsWeaker() {
        fail("a1", "a2");

        Map<String, Double> half = shares();
        assertThat(half.get("a")).isCloseTo(0.7, within(0.02));
        assertThat(half.get("b")).isCloseTo(0.3, within(0.02));

        fail("a1", "a2", "a3", "a4", "b1");
        Map<String, Double> none = shares();
        assertThat(none.get("b")).isCloseTo(0.7, within(0.02));
        assertThat(none.get("c")).isCloseTo(0.3, within(0.02));
    }

    @Test
    void sharesOutWhatIsLeftWhenAllTogetherAreTooWeak() {
        fail("a1", "a2", "a3", "b1", "b2", "c1");

        assertThat(shares()).containsOnlyKeys("a");
        assertThat(zones.trouble()).isEmpty();
    }

    @Test
    void panicsOnlyWhenEveryGroupIsTooWeak() {
        fail("a1", "a2", "a3", "a4", "b1", "b2");
        assertThat(shares()).containsOnlyKeys("c");

        fail("a1", "a2", "a3", "a4", "b1", "b2", "c1");
        assertThat(zones.trouble()).isPresent();
        assertThat(shares()).containsOnlyKeys("a");
    }

    @Test
    void doesNotPanicWhileJustEnoughAreWell() {
        ServiceEndpoints many = ServiceEndpoints.of(
                service("health: { active: {}, panicBelow: 28% }, " + endpoints(25)),
                1,
                time.timing(),
                Optional.empty(),
                Optional.empty());
        for (Member member : many.members().subList(0, 18)) {
            member.live().enter(member.live().standing().failing("test", time.instant()));
        }
        many.arrange();

        assertThat(many.trouble()).isEmpty();
    }

    @Test
    void triesTheNextGroupWhenAllOfTheFirstHaveBeenTried() {
        Pick pick = Pick.any();
        for (Member member : zones.members().subList(0, 4)) {
            pick = pick.after(member.live());
        }

        assertThat(zones.pick(0, pick).orElseThrow().endpoint().host()).startsWith("b");
    }

    private void fail(String... hosts) {
        for (Member member : zones.members()) {
            LiveEndpoint live = member.live();
            boolean failing = Set.of(hosts).contains(live.address().host());
            live.enter(
                    failing
                            ? live.standing().failing("test", time.instant())
                            : live.standing().passing("test", time.instant()));
        }
        zones.arrange();
    }

    private Map<String, Double> shares() {
        Map<String, Double> shares = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            String host = zones.pick(0, Pick.any()).orElseThrow().endpoint().host();
            shares.merge(host.substring(0, 1), 1.0 / MANY, Double::sum);
        }
        return shares;
    }
}
