package dev.jarway.runtime.balance;

import static dev.jarway.runtime.balance.ServiceSketch.endpoints;
import static dev.jarway.runtime.balance.ServiceSketch.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.runtime.config.ServiceLimitsConfig;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The counts of a service with limits, which several event loops share. */
class ServiceUsageTest {
    private static final int ROUNDS = 5_000;

    private final Vertx vertx = Vertx.vertx();
    private final ServiceUsage usage = new ServiceUsage();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void neverLetsMoreInThanThereIsRoomForAndForgetsNobodyWhoWaits() throws InterruptedException {
        ServiceLimitsConfig limits = limits("connections: 2, pendingRequests: 100000, pendingFor: 1m");
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch left = new CountDownLatch(4 * ROUNDS);
        for (int loop = 0; loop < 4; loop++) {
            Context context = eventLoop();
            context.runOnContext(here -> {
                for (int i = 0; i < ROUNDS; i++) {
                    usage.enter(limits, context).permit().onSuccess(permit -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        context.runOnContext(later -> {
                            inside.decrementAndGet();
                            permit.giveBack();
                            left.countDown();
                        });
                    });
                }
            });
        }

        assertThat(left.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(most.get()).isBetween(1, 2);
        await().atMost(Duration.ofSeconds(5)).until(() -> usage.requests() == 0);
        assertThat(usage.connections()).isZero();
        assertThat(usage.pending()).isZero();
    }

    @Test
    void letsSomebodyGiveUpWaitingAndTheNextComeIn() {
        ServiceLimitsConfig limits = limits("connections: 1, pendingFor: 1m");
        Context context = eventLoop();
        ServiceUsage.Entry first = usage.enter(limits, context);
        ServiceUsage.Entry second = usage.enter(limits, context);
        ServiceUsage.Entry third = usage.enter(limits, context);

        second.giveUp(new IllegalStateException("gone"));
        first.permit().result().giveBack();

        await().atMost(Duration.ofSeconds(5)).until(third.permit()::succeeded);
        assertThat(second.permit().cause()).hasMessage("gone");
        assertThat(usage.requests()).isEqualTo(1);
        assertThat(usage.pending()).isZero();
        // Too late: it is in.
        third.giveUp(new IllegalStateException("gone"));
        third.permit().result().giveBack();
        assertThat(usage.requests()).isZero();
    }

    @Test
    void letsWhoeverWaitsInByTheLimitThatHoldsNow() {
        ServiceLimitsConfig tight = limits("connections: 1, pendingFor: 1m");
        Context context = eventLoop();
        ServiceUsage.Entry first = usage.enter(tight, context);
        ServiceUsage.Entry second = usage.enter(tight, context);

        ServiceUsage.Entry third = usage.enter(limits("connections: 3, pendingFor: 1m"), context);

        await().atMost(Duration.ofSeconds(5))
                .until(() -> second.permit().succeeded() && third.permit().succeeded());
        assertThat(first.permit().succeeded()).isTrue();
        assertThat(usage.connections()).isEqualTo(3);
    }

    @Test
    void letsANewcomerInWhereTheQueueWasFullByTheLimitBefore() {
        Context context = eventLoop();
        usage.enter(limits("connections: 1, pendingRequests: 1, pendingFor: 1m"), context);
        usage.enter(limits("connections: 1, pendingRequests: 1, pendingFor: 1m"), context);

        ServiceUsage.Entry third = usage.enter(limits("connections: 3, pendingRequests: 1, pendingFor: 1m"), context);

        assertThat(third.permit().succeeded()).isTrue();
    }

    private Context eventLoop() {
        Starter starter = new Starter();
        vertx.deployVerticle(starter).await();
        return starter.context();
    }

    private static final class Starter extends AbstractVerticle {
        Context context() {
            return context;
        }
    }

    private static ServiceLimitsConfig limits(String keys) {
        return service("limits: { " + keys + " }, " + endpoints(1)).limits();
    }
}
