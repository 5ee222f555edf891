package dev.jarway.runtime.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What follows a step, and when. */
class SequelTest {
    private final List<String> seen = new ArrayList<>();

    @Test
    void followsAtOnceWhereTheStepIsOver() {
        Promise<Integer> pending = Promise.promise();
        Future<Integer> outcome = Sequel.to(Future.succeededFuture("over"), step -> {
            seen.add(step);
            return pending.future();
        });

        assertThat(seen).containsExactly("over");
        assertThat(outcome).as("nothing around it").isSameAs(pending.future());
    }

    @Test
    void followsLaterWhereTheStepIsNotOver() {
        Promise<String> step = Promise.promise();
        Future<Integer> outcome = Sequel.to(step.future(), text -> Future.succeededFuture(text.length()));
        assertThat(outcome.isComplete()).isFalse();

        step.complete("four");

        assertThat(outcome.result()).isEqualTo(4);
    }

    @Test
    void doesNotFollowAStepThatHasFailed() {
        IllegalStateException failure = new IllegalStateException("failed");
        Future<Integer> outcome = Sequel.to(Future.failedFuture(failure), step -> {
            seen.add("followed");
            return Future.succeededFuture(1);
        });

        assertThat(outcome.cause()).isSameAs(failure);
        assertThat(seen).isEmpty();
    }

    @Test
    void failsWithWhatIsThrown() {
        IllegalStateException failure = new IllegalStateException("thrown");
        Future<Integer> outcome = Sequel.to(Future.succeededFuture("over"), step -> {
            throw failure;
        });

        assertThat(outcome.cause()).isSameAs(failure);
    }
}
