package dev.jarway.runtime.overload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.config.AdaptiveConfig;
import dev.jarway.runtime.config.OverloadConfig;
import dev.jarway.runtime.config.RouteLimitsConfig;
import dev.jarway.runtime.failure.FailureCode;
import dev.jarway.runtime.failure.GatewayFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** When no further request is taken on. */
class OverloadTest {
    private final FakeMeans means = new FakeMeans();
    private final AtomicInteger collections = new AtomicInteger();
    private final Overload overload = new Overload(means, collections::incrementAndGet);

    @Test
    void takesWhatComesWhileThereAreMeans() {
        means.heap(94);
        means.descriptors(94);

        assertThat(overload.enter(OverloadConfig.STANDARD)).isSameAs(Pass.FREE);
        assertThat(overload.refused()).isZero();
    }

    @Test
    void refusesWhileTheHeapIsFullAndHasItCollected() {
        means.heap(95);

        assertRefused(() -> overload.enter(OverloadConfig.STANDARD), "overload.heap: 95 % are in use");
        assertRefused(() -> overload.enter(OverloadConfig.STANDARD), "overload.heap: 95 % are in use");

        await().atMost(Duration.ofSeconds(10)).until(() -> collections.get() == 1);
        means.heap(40);
        assertThat(overload.enter(OverloadConfig.STANDARD)).isSameAs(Pass.FREE);
        assertThat(overload.refused()).isEqualTo(2);
    }

    @Test
    void refusesWhileDescriptorsAreShort() {
        means.descriptors(97);

        assertRefused(() -> overload.enter(OverloadConfig.STANDARD), "overload.descriptors: 97 % are in use");
    }

    @Test
    void doesNotLookAtWhatIsSwitchedOff() {
        means.heap(100);
        means.descriptors(100);

        assertThat(overload.enter(new OverloadConfig(Optional.empty(), 100, 100, Duration.ofSeconds(1))))
                .isSameAs(Pass.FREE);
    }

    @Test
    void countsWhatIsUnderWay() {
        OverloadConfig two = new OverloadConfig(Optional.of(2), 95, 95, Duration.ofSeconds(1));
        Pass first = overload.enter(two);
        overload.enter(two);

        assertRefused(() -> overload.enter(two), "overload.requests: 2 are under way");

        first.giveBack();
        assertThat(overload.underWay()).isEqualTo(1);
        overload.enter(two);
    }

    @Test
    void countsOnWhenTheLimitOfARouteChanges() {
        RouteGate two = RouteGate.of(limit(2), Optional.empty());
        Pass first = two.enter(overload);
        two.enter(overload);
        RouteGate three = RouteGate.of(limit(3), Optional.of(two));

        three.enter(overload);

        assertRefused(() -> three.enter(overload), "limits.requests: 3 of this route are under way");
        first.giveBack();
        three.enter(overload);
    }

    @Test
    void staysTheSameWhereNothingHasChanged() {
        RouteGate gate = RouteGate.of(limit(2), Optional.empty());

        assertThat(RouteGate.of(limit(2), Optional.of(gate))).isSameAs(gate);
    }

    @Test
    void findsFromFailuresThatAServiceBearsLess() {
        RouteGate gate = RouteGate.of(
                new RouteLimitsConfig(Optional.empty(), Optional.of(new AdaptiveConfig(1, 1)), false),
                Optional.empty());
        Pass only = gate.enter(overload);

        assertRefused(() -> gate.enter(overload), "limits.adaptive: more requests than its service bears now");

        only.answered(true, OptionalLong.of(System.nanoTime()));
        only.giveBack();
        gate.enter(overload).giveBack();
        gate.enter(overload).answered(false, OptionalLong.of(System.nanoTime()));
    }

    @Test
    void learnsNothingOfAServiceFromRequestsOfWhichMoreIsToCome() {
        RouteGate gate = RouteGate.of(
                new RouteLimitsConfig(Optional.empty(), Optional.of(new AdaptiveConfig(10, 100)), false),
                Optional.empty());

        for (int i = 0; i < 20; i++) {
            fill(gate).forEach(pass -> pass.answered(true, OptionalLong.empty()));
        }
        assertThat(fill(gate)).hasSize(10).allSatisfy(pass -> pass.answered(true, OptionalLong.of(System.nanoTime())));
        for (int i = 0; i < 20; i++) {
            fill(gate).forEach(pass -> pass.answered(true, OptionalLong.of(System.nanoTime())));
        }
        assertThat(fill(gate)).hasSizeGreaterThan(10);
    }

    private List<Pass> fill(RouteGate gate) {
        List<Pass> passes = new ArrayList<>();
        try {
            while (true) {
                passes.add(gate.enter(overload));
            }
        } catch (GatewayFailure full) {
            return passes;
        }
    }

    @Test
    void letsNoConnectionInWhileDescriptorsAreShort() {
        means.descriptors(94);
        assertThat(overload.admitsConnection()).isTrue();

        means.descriptors(95);
        assertThat(overload.admitsConnection()).isFalse();
        assertThat(overload.connectionsRefused()).isEqualTo(1);

        overload.follow(new OverloadConfig(Optional.empty(), 95, 96, Duration.ofSeconds(1)));
        assertThat(overload.admitsConnection()).isTrue();

        means.descriptors(100);
        overload.follow(new OverloadConfig(Optional.empty(), 95, 100, Duration.ofSeconds(1)));
        assertThat(overload.admitsConnection()).isTrue();
    }

    private static RouteLimitsConfig limit(int requests) {
        return new RouteLimitsConfig(Optional.of(requests), Optional.empty(), false);
    }

    private static void assertRefused(ThrowingCallable entering, String detail) {
        assertThatThrownBy(entering).isInstanceOfSatisfying(GatewayFailure.class, failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.OVERLOADED);
            assertThat(failure.detail()).isEqualTo(detail);
        });
    }
}
