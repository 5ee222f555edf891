package dev.jarway.runtime.host;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostSchedulerTest {
    private static final Duration SOON = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofDays(365);

    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void runsOnceOnAVirtualThreadWithThePluginsClassLoader() throws Exception {
        try (var loader = new URLClassLoader("guest", new URL[0], null)) {
            var seen = new CompletableFuture<Thread>();
            var context = new CompletableFuture<ClassLoader>();
            var runs = new AtomicInteger();

            host.context("mock", 1, loader).scheduler().after(SOON, () -> {
                runs.incrementAndGet();
                context.complete(Thread.currentThread().getContextClassLoader());
                seen.complete(Thread.currentThread());
            });

            assertThat(seen.get(20, SECONDS).isVirtual()).isTrue();
            assertThat(seen.get().getName()).isEqualTo("plugin mock@1.0.0#1 task");
            assertThat(context.get()).isSameAs(loader);
            await().during(Duration.ofMillis(100)).until(() -> runs.get() == 1);
        }
    }

    @Test
    void repeatsOnePeriodAfterEachEndAndNeverTwiceAtOnce() {
        var now = new AtomicInteger();
        var runs = new AtomicInteger();
        var overlapped = new AtomicBoolean();

        host.context().scheduler().every(Duration.ofMillis(1), () -> {
            overlapped.compareAndSet(false, now.incrementAndGet() > 1);
            await().pollDelay(Duration.ofMillis(5)).until(() -> true);
            now.decrementAndGet();
            runs.incrementAndGet();
        });

        await().until(() -> runs.get() >= 5);
        assertThat(overlapped).isFalse();
    }

    @Test
    void goesOnAfterATaskThatThrowsAndKeepsNothingOfWhatItThrew() {
        var runs = new AtomicInteger();

        try (var logged = new LogCapture(PlannedTask.class)) {
            host.context().scheduler().every(SOON, () -> {
                runs.incrementAndGet();
                throw new AssertionError("not today");
            });
            await().until(() -> runs.get() >= 3 && logged.messages().size() >= 2);

            assertThat(logged.messages())
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("Plugin mock@1.0.0#1: a task failed: java.lang.AssertionError: not today"));
            assertThat(logged.events()).allSatisfy(event -> {
                assertThat(event.getThrowableProxy()).isNull();
                assertThat(event.getArgumentArray()).noneMatch(Throwable.class::isInstance);
            });
        }
    }

    @Test
    void doesNotLetABlockingTaskHoldUpOthers() throws Exception {
        var blocked = new CountDownLatch(1);
        var ran = new CompletableFuture<Boolean>();
        host.context("slow", 1)
                .scheduler()
                .after(Duration.ZERO, () -> await().forever().until(() -> blocked.getCount() == 0));

        host.context("quick", 2).scheduler().after(SOON, () -> ran.complete(true));

        assertThat(ran.get(20, SECONDS)).isTrue();
        blocked.countDown();
    }

    @Test
    void takesACancelledTaskOutOfTheTimer() {
        var timer = (ScheduledThreadPoolExecutor) host.services.timer();
        var scheduler = host.context().scheduler();
        var once = scheduler.after(LONG, () -> {});
        var often = scheduler.every(LONG, () -> {});
        assertThat(timer.getQueue()).hasSize(2);

        once.cancel();
        often.cancel();
        once.cancel();

        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void letsARunThatHasBegunGoOnAfterCancel() throws Exception {
        var begun = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var ended = new CompletableFuture<Boolean>();
        var runs = new AtomicInteger();
        var task = host.context().scheduler().every(SOON, () -> {
            runs.incrementAndGet();
            begun.countDown();
            try {
                ended.complete(goOn.await(20, SECONDS));
            } catch (InterruptedException e) {
                ended.completeExceptionally(e);
            }
        });
        assertThat(begun.await(20, SECONDS)).isTrue();

        task.cancel();
        goOn.countDown();

        assertThat(ended.get(20, SECONDS)).isTrue();
        await().during(Duration.ofMillis(100)).until(() -> runs.get() == 1);
    }

    @Test
    void endsTasksAndInterruptsTheRunningOneAtClose() throws Exception {
        var timer = (ScheduledThreadPoolExecutor) host.services.timer();
        var context = host.context();
        var begun = new CountDownLatch(1);
        var interrupted = new CompletableFuture<Boolean>();
        context.scheduler().after(LONG, () -> {});
        context.scheduler().after(Duration.ZERO, () -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(true);
            }
        });
        assertThat(begun.await(20, SECONDS)).isTrue();

        context.close();

        assertThat(interrupted.isDone()).as("waited for its end").isTrue();
        assertThat(timer.getQueue()).isEmpty();
    }

    @Test
    void waitsOnlyForAWhileForATaskThatDoesNotMindInterrupts() throws Exception {
        var context = host.context();
        var begun = new CountDownLatch(1);
        var over = new AtomicBoolean();
        context.scheduler().after(Duration.ZERO, () -> {
            begun.countDown();
            while (!over.get()) {
                Thread.onSpinWait();
            }
        });
        assertThat(begun.await(20, SECONDS)).isTrue();

        try (var logged = new LogCapture(HostContext.class)) {
            context.close();

            assertThat(logged.messages())
                    .containsExactly(
                            "Plugin mock@1.0.0#1: thread 'plugin mock@1.0.0#1 task' goes on after the plugin has closed");
        } finally {
            over.set(true);
        }
    }

    @Test
    void mayBeClosedFromItsOwnTask() throws Exception {
        var context = host.context();
        var closed = new CompletableFuture<Boolean>();

        context.scheduler().after(Duration.ZERO, () -> {
            context.close();
            closed.complete(true);
        });

        assertThat(closed.get(20, SECONDS)).isTrue();
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        var scheduler = host.context().scheduler();

        assertThatThrownBy(() -> scheduler.after(Duration.ofMillis(-1), () -> {}))
                .hasMessage("delay: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> scheduler.every(Duration.ZERO, () -> {})).hasMessage("period: PT0S (expected: > 0)");
    }

    @Test
    void takesTimesBeyondAllBounds() {
        var timer = (ScheduledThreadPoolExecutor) host.services.timer();

        host.context()
                .scheduler()
                .after(Duration.ofSeconds(Long.MAX_VALUE), () -> {})
                .cancel();

        assertThat(timer.getQueue()).isEmpty();
    }
}
