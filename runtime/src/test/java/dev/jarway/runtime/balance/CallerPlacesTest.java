package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.endpoints;
import static dev.jarway.runtime.balance.ServiceSketch.service;
import static dev.jarway.runtime.balance.ServiceSketch.weighing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.jarway.runtime.filter.StableHash;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where the callers of a service belong. */
class CallerPlacesTest {
    private static final int CALLERS = 20_000;
    private static final String HASHED = "loadBalancer: consistent-hash, hash: { header: x-user }, ";

    private final ManualTime time = new ManualTime();

    @Test
    void givesEachEndpointAboutTheSameNumberOfCallers() {
        Map<String, Integer> counts = counts(places(of(endpoints(10))));

        assertThat(counts).hasSize(10);
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(1500, 2500));
    }

    @Test
    void heedsWeights() {
        Map<String, Integer> counts = counts(places(of(weighing(1, 3))));

        assertThat(counts.getOrDefault("10.0.0.1", 0) / (double) CALLERS).isCloseTo(0.25, within(0.02));
    }

    @Test
    void movesOnlyTheCallersOfAnEndpointThatGoes() {
        Map<Integer, String> before = places(of(endpoints(10)));
        Map<Integer, String> after = places(of(endpoints(9)));

        long moved = before.entrySet().stream()
                .filter(place -> !place.getValue().equals(after.get(place.getKey())))
                .count();
        assertThat(before).allSatisfy((caller, place) -> assertThat(place).isIn("10.0.0.10", after.get(caller)));
        assertThat(moved / (double) CALLERS).isCloseTo(0.1, within(0.025));
    }

    @Test
    void movesOnlyTheCallersOfAHeavyEndpointThatGoes() {
        Map<Integer, String> before = places(of(weighing(1, 2, 7)));
        Map<Integer, String> after = places(of(weighing(1, 2)));

        assertThat(before).allSatisfy((caller, place) -> assertThat(place).isIn("10.0.0.3", after.get(caller)));
    }

    @Test
    void movesCallersOnlyToAnEndpointThatGetsHeavier() {
        Map<Integer, String> before = places(of(weighing(1, 2, 3)));
        Map<Integer, String> after = places(of(weighing(1, 2, 30)));

        assertThat(after).allSatisfy((caller, place) -> assertThat(place).isIn("10.0.0.3", before.get(caller)));
    }

    @Test
    void movesNobodyWhenAnotherGroupChanges() {
        String alone = "{ url: \"http://a\", weight: 3 }, { url: \"http://b\", weight: 2 }";
        String other = ", { url: \"http://c\", weight: 90, priority: 1 }";

        assertThat(places(of("endpoints: [" + alone + other + "]")))
                .isEqualTo(places(of("endpoints: [" + alone + "]")));
    }

    @Test
    void movesNobodyWhenTheDocumentNamesTheEndpointsInAnotherOrder() {
        Map<Integer, String> places = places(of("endpoints: [{ url: \"http://a\" }, { url: \"http://b\" }]"));

        assertThat(places(of("endpoints: [{ url: \"http://b\" }, { url: \"http://a\" }]")))
                .isEqualTo(places);
    }

    @Test
    void movesOnlyTheCallersOfAnEndpointThatFails() {
        assertThatOnlyTheFirstOnesCallersMoveWhenItFails(of("health: { active: {} }, " + endpoints(10)));
    }

    @Test
    void movesOnlyTheCallersOfAHeavyEndpointThatFails() {
        assertThatOnlyTheFirstOnesCallersMoveWhenItFails(of("health: { active: {} }, " + weighing(7, 1, 2)));
    }

    private void assertThatOnlyTheFirstOnesCallersMoveWhenItFails(ServiceEndpoints endpoints) {
        Map<Integer, String> before = places(endpoints);
        LiveEndpoint failing = endpoints.members().getFirst().live();
        failing.enter(failing.standing().failing("test", time.instant()));
        endpoints.arrange();

        Map<Integer, String> after = places(endpoints);

        assertThat(after.values()).doesNotContain("10.0.0.1");
        assertThat(before).allSatisfy((caller, place) -> assertThat(place).isIn("10.0.0.1", after.get(caller)));
    }

    private ServiceEndpoints of(String keys) {
        return ServiceEndpoints.of(service(HASHED + keys), 1, time.timing(), Optional.empty(), Optional.empty());
    }

    private static Map<Integer, String> places(ServiceEndpoints endpoints) {
        Map<Integer, String> places = new HashMap<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Pick pick = Pick.of(StableHash.of("caller " + caller));
            places.put(caller, endpoints.pick(0, pick).orElseThrow().endpoint().host());
        }
        return places;
    }

    private static Map<String, Integer> counts(Map<Integer, String> places) {
        Map<String, Integer> counts = new HashMap<>();
        places.values().forEach(place -> counts.merge(place, 1, Integer::sum));
        return counts;
    }
}
