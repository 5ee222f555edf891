package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.endpoints;
import static dev.jarway.runtime.balance.ServiceSketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.ActiveHealthConfig;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of endpoints as time goes on. */
class CareTest {
    private static final String CHECKED = "health: { active: { interval: 10s, healthy: 2, unhealthy: 3 } }, ";
    private static final String EJECTED =
            "health: { passive: { failures: 3, ejectFor: 10s, longest: 30s, status: [5xx] } }, ";

    private final ManualTime time = new ManualTime();
    private final Answers answers = new Answers();
    private final FakeNames names = new FakeNames();
    private final Care.Tools tools = new Care.Tools(time.timing(), answers, names, Runnable::run, new Random(1));

    @Test
    void asksEachEndpointOncePerIntervalGiveOrTakeATenth() {
        Care care = care(CHECKED + endpoints(3));

        pass(care, Duration.ofSeconds(100));

        assertThat(answers.asked).hasSize(3);
        assertThat(answers.asked.values()).allSatisfy(count -> assertThat(count).isBetween(9, 12));
    }

    @Test
    void asksNotAgainBeforeAnAnswer() {
        answers.pending = true;
        Care care = care(CHECKED + endpoints(1));

        pass(care, Duration.ofSeconds(100));

        assertThat(answers.asked.values()).containsExactly(1);
    }

    @Test
    void asksAgainWhenChecksAreTakenOutAndPutBackWhileAnAnswerIsWaitedFor() {
        answers.pending = true;
        ServiceEndpoints before = of(CHECKED + endpoints(1));
        Care care = new Care(before, tools);
        pass(care, Duration.ofSeconds(1));
        assertThat(answers.asked.values()).containsExactly(1);

        ServiceEndpoints unchecked = change(care, before, endpoints(1));
        answers.come(Optional.empty());
        change(care, unchecked, CHECKED + endpoints(1));
        pass(care, Duration.ofSeconds(1));

        assertThat(answers.asked.values()).containsExactly(2);
    }

    @Test
    void goesByAShorterIntervalAtOnce() {
        ServiceEndpoints before = of("health: { active: { interval: 10m } }, " + endpoints(1));
        Care care = new Care(before, tools);
        pass(care, Duration.ofSeconds(1));

        change(care, before, "health: { active: { interval: 2s } }, " + endpoints(1));
        pass(care, Duration.ofSeconds(10));

        assertThat(answers.asked.get("10.0.0.1")).isBetween(5, 7);
    }

    @Test
    void doesNotCountAnAnswerToWhatIsNotAskedAnyMore() {
        answers.pending = true;
        ServiceEndpoints before = of("health: { active: { path: /wrong, unhealthy: 1 } }, " + endpoints(2));
        Care care = new Care(before, tools);
        pass(care, Duration.ofSeconds(1));

        ServiceEndpoints after =
                change(care, before, "health: { active: { path: /right, unhealthy: 1 } }, " + endpoints(2));
        answers.come(Optional.of("status 404"));

        assertThat(used(after)).hasSize(2);
    }

    @Test
    void takesAnEndpointOutWhenItHasFailedOftenEnoughInARowAndBringsItBackLikewise() {
        ServiceEndpoints two = of(CHECKED + endpoints(2));
        Care care = new Care(two, tools);
        answers.ill.put("10.0.0.1", "status 500");
        ask(care, 2);
        assertThat(used(two)).hasSize(2);
        ask(care, 1);
        assertThat(used(two)).containsExactly("10.0.0.2");
        assertThat(two.report().getFirst().state()).isEqualTo("failing");
        assertThat(two.report().getFirst().reason()).isEqualTo("it fails its checks: status 500");

        answers.ill.clear();
        ask(care, 1);
        assertThat(used(two)).containsExactly("10.0.0.2");
        ask(care, 1);
        assertThat(used(two)).hasSize(2);
    }

    @Test
    void takesAnEndpointOutForRequestsThatBeganOnAnEarlierConfiguration() {
        ServiceEndpoints before = of(CHECKED + endpoints(3));
        Care care = new Care(before, tools);
        ask(care, 1);
        ServiceEndpoints after = change(care, before, CHECKED + "loadBalancer: random, " + endpoints(2));
        answers.ill.put("10.0.0.1", "status 500");

        ask(care, 3);
        care.lead(before);

        assertThat(used(after)).containsExactly("10.0.0.2");
        assertThat(used(before)).containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
    }

    @Test
    void ejectsAnEndpointWhoseRequestsFailInARow() {
        ServiceEndpoints three = of(EJECTED + endpoints(3));
        Care care = attending(three);
        LiveEndpoint first = live(three, 0);

        fail(three, first, 2);
        succeed(three, first);
        fail(three, first, 2);
        assertThat(used(three)).hasSize(3);

        fail(three, first, 1);

        assertThat(used(three)).containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
        assertThat(three.report().getFirst().reason())
                .isEqualTo("3 requests in a row failed there, the last with UPSTREAM_UNREACHABLE");
        pass(care, Duration.ofSeconds(9));
        assertThat(used(three)).hasSize(2);
        pass(care, Duration.ofSeconds(2));
        assertThat(used(three)).hasSize(3);
    }

    @Test
    void countsStatusesOnlyIfTheConfigurationSaysSo() {
        ServiceEndpoints by5xx = of(EJECTED + endpoints(2));
        attending(by5xx);
        ServiceEndpoints byBreaks = of("health: { passive: { failures: 3 } }, " + endpoints(2));
        attending(byBreaks);

        for (int i = 0; i < 3; i++) {
            answer(by5xx, live(by5xx, 0), 503);
            answer(byBreaks, live(byBreaks, 0), 503);
        }

        assertThat(used(by5xx)).containsExactly("10.0.0.2");
        assertThat(used(byBreaks)).hasSize(2);
    }

    @Test
    void holdsNothingAgainstAnEndpointThatAClientBrokeOff() {
        ServiceEndpoints two = of(EJECTED + endpoints(2));
        attending(two);

        for (int i = 0; i < 10; i++) {
            Attempt attempt = at(two, live(two, 0));
            attempt.begin(Permit.FREE);
            attempt.failed(GatewayFailure.of(FailureCode.CLIENT_GONE, "gone"));
            attempt.end();
        }

        assertThat(used(two)).hasSize(2);
    }

    @Test
    void doublesTheEjectionUpToTheLongestAndForgetsAfterAWhile() {
        ServiceEndpoints two = of(EJECTED + endpoints(2));
        Care care = attending(two);

        assertThat(ejection(two, care)).isEqualTo(Duration.ofSeconds(10));
        assertThat(ejection(two, care)).isEqualTo(Duration.ofSeconds(20));
        assertThat(ejection(two, care)).isEqualTo(Duration.ofSeconds(30));
        assertThat(ejection(two, care)).isEqualTo(Duration.ofSeconds(30));

        pass(care, Duration.ofSeconds(31));
        assertThat(ejection(two, care)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void countsFailuresAnewWhenAnEjectionIsOver() {
        ServiceEndpoints three = of(EJECTED + endpoints(3));
        Care care = attending(three);
        fail(three, live(three, 0), 3);

        // What was under way there.
        fail(three, live(three, 0), 5);
        pass(care, Duration.ofSeconds(11));
        fail(three, live(three, 0), 2);
        assertThat(used(three)).hasSize(3);

        fail(three, live(three, 0), 1);
        assertThat(used(three)).containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3");
    }

    @Test
    void countsFailuresAnewWhenChecksHaveBroughtAnEndpointBack() {
        ServiceEndpoints two =
                of("health: { active: { unhealthy: 1, healthy: 1, interval: 10s }, passive: { failures: 3 } }, "
                        + endpoints(2));
        Care care = attending(two);
        answers.ill.put("10.0.0.1", "x");
        pass(care, Duration.ofSeconds(1));

        fail(two, live(two, 0), 2);
        answers.ill.clear();
        pass(care, Duration.ofSeconds(12));
        fail(two, live(two, 0), 2);

        assertThat(used(two)).hasSize(2);
    }

    @Test
    void ejectsTheWholeShareThatMayBe() {
        ServiceEndpoints hundred = of("health: { passive: { failures: 1, maxEjected: 29% } }, " + endpoints(100));
        attending(hundred);

        IntStream.range(0, 100).forEach(i -> fail(hundred, live(hundred, i), 1));

        assertThat(hundred.report())
                .filteredOn(report -> report.state().equals("ejected"))
                .hasSize(29);
    }

    @Test
    void ejectsNoLargerShareThanItMayAndNeverTheLast() {
        ServiceEndpoints four = of(EJECTED + endpoints(4));
        attending(four);
        IntStream.range(0, 4).forEach(i -> fail(four, live(four, i), 3));
        assertThat(used(four)).containsExactlyInAnyOrder("10.0.0.3", "10.0.0.4");

        ServiceEndpoints one = of(EJECTED + endpoints(1));
        attending(one);
        fail(one, live(one, 0), 30);
        assertThat(used(one)).hasSize(1);

        ServiceEndpoints greedy = of("health: { passive: { failures: 3, maxEjected: 100% } }, " + endpoints(3));
        attending(greedy);
        IntStream.range(0, 3).forEach(i -> fail(greedy, live(greedy, i), 3));
        assertThat(used(greedy)).containsExactly("10.0.0.3");
    }

    @Test
    void ejectsOneOfSeveralHoweverSmallTheShareThatMayBe() {
        ServiceEndpoints three = of("health: { passive: { failures: 1, maxEjected: 10% } }, " + endpoints(3));
        attending(three);

        IntStream.range(0, 3).forEach(i -> fail(three, live(three, i), 1));

        assertThat(used(three)).hasSize(2);
    }

    @Test
    void panicsWhenTooFewAreLeft() {
        ServiceEndpoints four =
                of("health: { active: { unhealthy: 1, interval: 10s }, panicBelow: 50% }, " + endpoints(4));
        Care care = new Care(four, tools);
        answers.ill.put("10.0.0.1", "x");
        answers.ill.put("10.0.0.2", "x");
        pass(care, Duration.ofSeconds(1));
        assertThat(used(four)).hasSize(2);
        assertThat(four.trouble()).isEmpty();

        answers.ill.put("10.0.0.3", "x");
        pass(care, Duration.ofSeconds(12));

        assertThat(used(four)).hasSize(4);
        assertThat(four.trouble()).hasValue("fewer than 50% of its endpoints are well, so all of them are used");
    }

    @Test
    void hasNoEndpointWhenAllFailAndThereIsNoPanic() {
        ServiceEndpoints two = of("health: { active: { unhealthy: 1 } }, " + endpoints(2));
        Care care = new Care(two, tools);
        answers.ill.put("10.0.0.1", "x");
        answers.ill.put("10.0.0.2", "x");

        pass(care, Duration.ofSeconds(1));

        assertThat(two.pick(0, Pick.any())).isEmpty();
        assertThat(two.trouble()).hasValue("none of its 2 endpoints is healthy");
    }

    @Test
    void givesAnEndpointThatComesBackAGrowingShare() {
        ServiceEndpoints two =
                of("slowStart: 100s, health: { active: { interval: 10s, unhealthy: 1, healthy: 1 } }, " + endpoints(2));
        Care care = new Care(two, tools);
        answers.ill.put("10.0.0.1", "x");
        pass(care, Duration.ofSeconds(1));
        answers.ill.clear();
        assertThat(share(two)).isZero();

        pass(care, Duration.ofSeconds(12));
        assertThat(share(two)).isBetween(0.08, 0.1);
        pass(care, Duration.ofSeconds(45));
        assertThat(share(two)).isBetween(0.28, 0.36);
        pass(care, Duration.ofSeconds(60));
        assertThat(share(two)).isEqualTo(0.5);
        assertThat(two.report().getFirst().state()).isEqualTo("healthy");
    }

    @Test
    void letsAnEndpointThatJoinsOthersBeginSlowly() {
        ServiceEndpoints one = of("slowStart: 100s, " + endpoints(1));
        Care care = new Care(one, tools);
        assertThat(one.report().getFirst().state()).isEqualTo("healthy");

        ServiceEndpoints two = ServiceEndpoints.of(
                service("slowStart: 100s, " + endpoints(2)), 1, time.timing(), Optional.empty(), Optional.of(one));
        care.adopt(two);

        assertThat(two.report()).extracting(EndpointReport::state).containsExactly("healthy", "warming");
        assertThat(share(two)).isGreaterThan(0.9);
        pass(care, Duration.ofSeconds(101));
        assertThat(share(two)).isEqualTo(0.5);
    }

    @Test
    void keepsTheStandingOfEndpointsThatStayWhenTheServiceChanges() {
        ServiceEndpoints before = of(EJECTED + endpoints(3));
        Care care = attending(before);
        fail(before, live(before, 0), 3);

        ServiceEndpoints after = ServiceEndpoints.of(
                service(EJECTED + "loadBalancer: random, " + endpoints(4)),
                1,
                time.timing(),
                Optional.empty(),
                Optional.of(before));
        care.adopt(after);

        assertThat(used(after)).containsExactlyInAnyOrder("10.0.0.2", "10.0.0.3", "10.0.0.4");
        pass(care, Duration.ofSeconds(11));
        assertThat(used(after)).hasSize(4);
    }

    @Test
    void forgetsWhatIsNotLookedForAnyMore() {
        ServiceEndpoints before = of(EJECTED + endpoints(2));
        Care care = attending(before);
        fail(before, live(before, 0), 3);

        ServiceEndpoints after =
                ServiceEndpoints.of(service(endpoints(2)), 1, time.timing(), Optional.empty(), Optional.of(before));
        assertThat(used(after)).hasSize(2);
        care.adopt(after);

        assertThat(after.report().getFirst().state()).isEqualTo("healthy");
    }

    private Care care(String keys) {
        return new Care(of(keys), tools);
    }

    private Care attending(ServiceEndpoints endpoints) {
        Care care = new Care(endpoints, tools);
        endpoints.attend(care::trouble);
        return care;
    }

    private ServiceEndpoints of(String keys) {
        return ServiceEndpoints.of(service(keys), 1, time.timing(), Optional.empty(), Optional.empty());
    }

    /** Configures a service otherwise. */
    private ServiceEndpoints change(Care care, ServiceEndpoints before, String keys) {
        ServiceEndpoints after =
                ServiceEndpoints.of(service(keys), 1, time.timing(), Optional.empty(), Optional.of(before));
        care.adopt(after);
        return after;
    }

    /** Lets the time go on in steps as the caretaker takes them. */
    private void pass(Care care, Duration span) {
        long end = time.nanos() + span.toNanos();
        while (time.nanos() < end) {
            care.look();
            time.pass(Duration.ofMillis(250));
        }
        care.look();
    }

    /** Lets the time go on until the first endpoint has been asked so many times more. */
    private void ask(Care care, int times) {
        int goal = answers.asked.getOrDefault("10.0.0.1", 0) + times;
        while (answers.asked.getOrDefault("10.0.0.1", 0) < goal) {
            time.pass(Duration.ofMillis(50));
            care.look();
        }
    }

    private Duration ejection(ServiceEndpoints endpoints, Care care) {
        fail(endpoints, live(endpoints, 0), 3);
        assertThat(used(endpoints)).hasSize(1);
        long begin = time.nanos();
        while (used(endpoints).size() == 1) {
            time.pass(Duration.ofSeconds(1));
            care.look();
        }
        return Duration.ofNanos(time.nanos() - begin);
    }

    private static LiveEndpoint live(ServiceEndpoints endpoints, int index) {
        return endpoints.members().get(index).live();
    }

    private static Set<String> used(ServiceEndpoints endpoints) {
        Set<String> hosts = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            hosts.add(endpoints.pick(0, Pick.any()).orElseThrow().endpoint().host());
        }
        return hosts;
    }

    /** The share of the first. */
    private static double share(ServiceEndpoints endpoints) {
        long sum = 0;
        for (Candidate candidate : endpoints.roster().groups().getFirst().candidates()) {
            sum += candidate.weight();
        }
        LiveEndpoint first = live(endpoints, 0);
        return endpoints.roster().groups().getFirst().candidates().stream()
                        .filter(candidate -> candidate.member().live() == first)
                        .mapToLong(Candidate::weight)
                        .sum()
                / (double) sum;
    }

    private static Attempt at(ServiceEndpoints endpoints, LiveEndpoint live) {
        return endpoints.steered(0, live.address().url());
    }

    private static void fail(ServiceEndpoints endpoints, LiveEndpoint live, int times) {
        for (int i = 0; i < times; i++) {
            Attempt attempt = at(endpoints, live);
            attempt.begin(Permit.FREE);
            attempt.failed(GatewayFailure.of(FailureCode.UPSTREAM_UNREACHABLE, "no connection"));
            attempt.end();
        }
    }

    private static void succeed(ServiceEndpoints endpoints, LiveEndpoint live) {
        answer(endpoints, live, 200);
    }

    private static void answer(ServiceEndpoints endpoints, LiveEndpoint live, int status) {
        Attempt attempt = at(endpoints, live);
        attempt.begin(Permit.FREE);
        attempt.answered(status);
        attempt.end();
    }

    /** Endpoints that are well but for those that are said to be ill. */
    private static final class Answers implements Probe {
        private final Map<String, String> ill = new HashMap<>();
        private final Map<String, Integer> asked = new HashMap<>();
        private final List<CompletableFuture<Optional<String>>> waitedFor = new ArrayList<>();
        private boolean pending;

        /** Those that are waited for come, all of them this one. */
        void come(Optional<String> problem) {
            waitedFor.forEach(one -> one.complete(problem));
            waitedFor.clear();
        }

        @Override
        public CompletionStage<Optional<String>> ask(
                EndpointAddress address, Dialect dialect, ActiveHealthConfig config) {
            asked.merge(address.host(), 1, Integer::sum);
            CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
            if (pending) {
                waitedFor.add(answer);
            } else {
                answer.complete(Optional.ofNullable(ill.get(address.host())));
            }
            return answer;
        }
    }
}
