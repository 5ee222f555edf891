package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.endpoints;
import static dev.jarway.runtime.balance.ServiceSketch.service;
import static dev.jarway.runtime.balance.ServiceSketch.weighing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which endpoint a request goes to. */
class BalancersTest {
    private static final int MANY = 30_000;

    private final ManualTime time = new ManualTime();

    @Test
    void takesTurnsByWeightAndSpreadsThemEvenly() {
        ServiceEndpoints turns = of(weighing(3, 1));

        List<String> hosts =
                IntStream.range(0, 8).mapToObj(i -> host(pick(turns))).toList();

        assertThat(hosts)
                .containsExactly(
                        "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.1");
    }

    @Test
    void goesOnWithItsTurnsWhenEndpointsAreArrangedAnew() {
        ServiceEndpoints turns = of(endpoints(3));
        Map<String, Integer> counts = new HashMap<>();

        for (int i = 0; i < 300; i++) {
            counts.merge(host(pick(turns)), 1, Integer::sum);
            turns.arrange();
        }

        assertThat(counts.values()).containsExactly(100, 100, 100);
    }

    @Test
    void takesTurnsAtOnceByWeightsThatHaveBecomeSmaller() {
        ServiceEndpoints heavy = of(weighing(1000, 1000));
        ServiceEndpoints light =
                ServiceEndpoints.of(service(weighing(1, 1)), 1, time.timing(), Optional.empty(), Optional.of(heavy));
        // Also where a request that began before the change is tried again after it.
        for (int round = 0; round < 3; round++) {
            var unused = pick(heavy);
            Map<String, Integer> counts = new HashMap<>();
            for (int i = 0; i < 10; i++) {
                counts.merge(host(pick(light)), 1, Integer::sum);
            }

            assertThat(counts)
                    .hasSize(2)
                    .allSatisfy((host, count) -> assertThat(count).isBetween(3, 7));
        }
    }

    @Test
    void steersToAnAddressOfANameAsItIsShown() {
        ServiceEndpoints named = of("endpoints: [{ url: \"https://orders.internal:8443\" }]");
        named.learn("orders.internal", List.of("10.0.0.1", "10.0.0.2"));
        Attempt picked = pick(named);

        Attempt steered = named.steered(0, picked.endpoint().url());

        assertThat(steered.live()).isSameAs(picked.live());
    }

    @Test
    void beginsAtAnotherEndpointOnEachLoop() {
        ServiceEndpoints turns =
                ServiceEndpoints.of(service(endpoints(2)), 2, time.timing(), Optional.empty(), Optional.empty());

        assertThat(host(turns.pick(0, Pick.any()).orElseThrow()))
                .isNotEqualTo(host(turns.pick(1, Pick.any()).orElseThrow()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "least-request", "peak-ewma", "round-robin"})
    void heedsWeightsWhereEndpointsAreEquallyBusy(String kind) {
        ServiceEndpoints balanced = of("loadBalancer: " + kind + ", " + weighing(1, 3, 4, 2));

        Map<String, Double> shares = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            Attempt attempt = pick(balanced);
            shares.merge(host(attempt), 1.0 / MANY, Double::sum);
            answer(attempt, Duration.ofMillis(10));
        }

        assertThat(shares.get("10.0.0.1")).isCloseTo(0.1, within(0.02));
        assertThat(shares.get("10.0.0.2")).isCloseTo(0.3, within(0.02));
        assertThat(shares.get("10.0.0.3")).isCloseTo(0.4, within(0.02));
        assertThat(shares.get("10.0.0.4")).isCloseTo(0.2, within(0.02));
    }

    @Test
    void leavesTheBusierOfTwoAlone() {
        ServiceEndpoints least = of("loadBalancer: least-request, " + endpoints(2));
        Attempt busy = pick(least);
        busy.begin(Permit.FREE);

        assertThat(IntStream.range(0, 100).mapToObj(i -> host(pick(least))))
                .hasSize(100)
                .doesNotContain(host(busy));
    }

    @Test
    void keepsAsMuchUnderWayAsWeightsSay() {
        ServiceEndpoints least = of("loadBalancer: least-request, " + weighing(1, 3));
        for (int i = 0; i < 400; i++) {
            pick(least).begin(Permit.FREE);
        }

        assertThat(least.members())
                .extracting(member -> member.live().figures().underWay())
                .satisfiesExactly(
                        light -> assertThat(light).isBetween(95, 105),
                        heavy -> assertThat(heavy).isBetween(295, 305));
    }

    @Test
    void countsARequestUntilItHasEndedAndOnlyOnce() {
        ServiceEndpoints least = of("loadBalancer: least-request, " + endpoints(1));
        Attempt attempt = pick(least);
        attempt.end();
        attempt.begin(Permit.FREE);
        assertThat(attempt.live().figures().underWay()).isEqualTo(1);

        attempt.end();
        attempt.end();

        assertThat(attempt.live().figures()).isEqualTo(new LoadFigures(0, 1, 0));
    }

    @Test
    void prefersTheQuickerAndTriesTheSlowerAgainAfterAWhile() {
        ServiceEndpoints ewma = of("loadBalancer: peak-ewma, " + endpoints(2));
        Attempt slow = pick(ewma);
        answer(slow, Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            Attempt quick = pick(ewma);
            assertThat(host(quick)).isNotEqualTo(host(slow));
            answer(quick, Duration.ofMillis(10));
        }

        time.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 10; i++) {
            // Only the quick one is still measured; what is known of the slow one fades.
            ewma.members().stream()
                    .filter(member -> member.live() != slow.live())
                    .forEach(member -> member.live().load(0).latency().add(20_000_000, time.nanos()));
        }

        assertThat(host(pick(ewma))).isEqualTo(host(slow));
    }

    @Test
    void holdsNoTimeAgainstAnEndpointInWhichSomebodyElseIsWaitedFor() {
        ServiceEndpoints ewma = of("loadBalancer: peak-ewma, " + endpoints(2));
        Attempt upload = pick(ewma);
        upload.begin(Permit.FREE);
        time.pass(Duration.ofSeconds(10));
        upload.excuse(Duration.ofMillis(9990).toNanos());
        upload.answered(200);
        upload.end();
        Attempt slower = pick(ewma);
        answer(slower, Duration.ofMillis(100));

        assertThat(host(slower)).isNotEqualTo(host(upload));
        assertThat(IntStream.range(0, 100).mapToObj(i -> host(pick(ewma)))).doesNotContain(host(slower));
    }

    @Test
    void holdsItAgainstAnEndpointThatNobodyHasWaitedAnyLongerForIt() {
        ServiceEndpoints ewma = of("loadBalancer: peak-ewma, " + endpoints(2));
        Attempt stalled = pick(ewma);
        stalled.begin(Permit.FREE);
        time.pass(Duration.ofSeconds(1));
        stalled.end();
        Attempt answered = pick(ewma);
        answer(answered, Duration.ofMillis(100));

        assertThat(host(answered)).isNotEqualTo(host(stalled));
        assertThat(IntStream.range(0, 100).mapToObj(i -> host(pick(ewma)))).doesNotContain(host(stalled));
    }

    @Test
    void takesATryThatWasSoonGivenUpForNoQuickAnswer() {
        PeakLatency latency = new PeakLatency();
        latency.add(1000, 0);

        latency.atLeast(10, Duration.ofSeconds(1).toNanos());

        assertThat(latency.at(Duration.ofSeconds(1).toNanos())).isGreaterThan(900);
    }

    @Test
    void takesAPeakAtOnceAndForgetsItSlowly() {
        PeakLatency latency = new PeakLatency();
        latency.add(10, 0);
        latency.add(1000, 1);
        assertThat(latency.at(1)).isEqualTo(1000);

        latency.add(10, Duration.ofMillis(100).toNanos());

        assertThat(latency.at(Duration.ofMillis(100).toNanos())).isBetween(980.0, 1000.0);
    }

    @Test
    void takesAQuickRefusalForNoQuickAnswer() {
        ServiceEndpoints ewma = of("loadBalancer: peak-ewma, " + endpoints(2));
        Attempt refused = pick(ewma);
        refused.begin(Permit.FREE);
        refused.failed(GatewayFailure.of(FailureCode.UPSTREAM_UNREACHABLE, "refused"));
        refused.end();
        Attempt answered = pick(ewma);
        answer(answered, Duration.ofMillis(100));

        assertThat(host(answered)).isNotEqualTo(host(refused));
        assertThat(IntStream.range(0, 100).mapToObj(i -> host(pick(ewma)))).doesNotContain(host(refused));
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "least-request", "peak-ewma", "round-robin", "consistent-hash"})
    void picksAnotherThanThoseTriedAsLongAsThereIsOne(String kind) {
        String hash = kind.equals("consistent-hash") ? ", hash: { header: x }" : "";
        ServiceEndpoints balanced = of("loadBalancer: " + kind + hash + ", " + weighing(1, 1000, 1));
        for (long key = 0; key < 100; key++) {
            Pick pick = Pick.of(key * 0x9e3779b97f4a7c15L);
            List<String> hosts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Attempt attempt = balanced.pick(0, pick).orElseThrow();
                hosts.add(host(attempt));
                pick = pick.after(attempt.live());
            }

            assertThat(hosts).containsExactlyInAnyOrder("10.0.0.1", "10.0.0.2", "10.0.0.3");
            assertThat(balanced.pick(0, pick)).isPresent();
        }
    }

    private ServiceEndpoints of(String keys) {
        return ServiceEndpoints.of(service(keys), 1, time.timing(), Optional.empty(), Optional.empty());
    }

    private static Attempt pick(ServiceEndpoints endpoints) {
        return endpoints.pick(0, Pick.any()).orElseThrow();
    }

    private static String host(Attempt attempt) {
        return attempt.endpoint().host();
    }

    private void answer(Attempt attempt, Duration after) {
        attempt.begin(Permit.FREE);
        time.pass(after);
        attempt.answered(200);
        attempt.end();
    }
}
