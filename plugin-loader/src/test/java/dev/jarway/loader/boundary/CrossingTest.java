package dev.jarway.loader.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CrossingTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();
    private static final long SHORT = Duration.ofMillis(50).toNanos();

    private final Callee plugin = FakeCallee.make();
    private final Thread thread = Thread.currentThread();
    private final ClassLoader outside = thread.getContextClassLoader();

    private Boundary boundary;
    private Crossing crossing;

    @BeforeEach
    void open() {
        boundary = new Boundary();
        crossing = boundary.crossing();
    }

    @AfterEach
    void close() {
        crossing.close();
        boundary.close();
    }

    @Test
    void bindsTheContextClassLoaderAndPutsItBack() {
        for (int i = 0; i < 3; i++) {
            crossing.enter(plugin, LONG);
            assertThat(thread.getContextClassLoader()).isSameAs(plugin.classLoader());
            assertThat(crossing.inside()).isTrue();

            assertThat(crossing.exit()).isFalse();
            assertThat(thread.getContextClassLoader()).isSameAs(outside);
            assertThat(crossing.inside()).isFalse();
        }
    }

    @Test
    void interruptsACallThatBlocksTooLong() {
        crossing.enter(plugin, SHORT);
        var thrown = catchThrowable(() -> new CountDownLatch(1).await(30, TimeUnit.SECONDS));

        assertThat(crossing.exit()).isTrue();
        assertThat(thrown).isInstanceOf(InterruptedException.class);
        assertThat(thread.isInterrupted()).isFalse();
        assertThat(crossing.cutStack()).anyMatch(frame -> frame.getMethodName().equals("await"));
        assertThat(thread.getContextClassLoader()).isSameAs(outside);
    }

    @Test
    void theNextCallHasItsOwnTime() {
        interruptsACallThatBlocksTooLong();

        crossing.enter(plugin, LONG);
        assertThat(crossing.exit()).isFalse();
    }

    @Test
    void clearsAnInterruptThatTheCallDidNotNotice() {
        crossing.enter(plugin, SHORT);
        while (!thread.isInterrupted()) {
            Thread.onSpinWait();
        }

        assertThat(crossing.exit()).isTrue();
        assertThat(thread.isInterrupted()).isFalse();
    }

    @Test
    void interruptsAgainWhatBlocksAgain() {
        crossing.enter(plugin, SHORT);
        for (int i = 0; i < 2; i++) {
            assertThat(catchThrowable(() -> new CountDownLatch(1).await(30, TimeUnit.SECONDS)))
                    .isInstanceOf(InterruptedException.class);
        }

        assertThat(crossing.exit()).isTrue();
        assertThat(thread.isInterrupted()).isFalse();
    }

    @Test
    void leavesAnInterruptAloneThatIsNotItsOwn() {
        crossing.enter(plugin, LONG);
        thread.interrupt();

        assertThat(crossing.exit()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void noInterruptComesAfterExit() throws InterruptedException {
        var watchedHere = new Crossing(boundary);
        var ended = new AtomicBoolean();
        var eager = new Thread(() -> {
            for (long now = 0; !ended.get(); now++) {
                watchedHere.watch(now);
            }
        });
        eager.start();
        int cut = 0;
        int calls = 0;

        while (calls < 50_000 || cut < 200 || cut == calls) {
            watchedHere.enter(plugin, calls % 2);
            calls++;
            for (int i = 0; i < calls % 200; i++) {
                Thread.onSpinWait();
            }
            cut += watchedHere.exit() ? 1 : 0;
            assertThat(thread.isInterrupted()).isFalse();
        }

        ended.set(true);
        eager.join();
        assertThat(thread.isInterrupted()).isFalse();
    }

    @Test
    void doesNotGoFromOnePluginIntoAnother() {
        crossing.enter(plugin, LONG);

        assertThatThrownBy(() -> crossing.enter(plugin, LONG))
                .hasMessage("plugin probe@1.0.0#7: called from inside probe@1.0.0#7 (expected: one call at a time)");

        assertThat(crossing.exit()).isFalse();
        assertThatThrownBy(crossing::exit).hasMessage("exit without enter");
    }

    @Test
    void worksOnVirtualThreads() throws Exception {
        var cut = new CompletableFuture<Boolean>();

        Thread.startVirtualThread(() -> {
            crossing.enter(plugin, SHORT);
            var thrown = catchThrowable(() -> new CountDownLatch(1).await(30, TimeUnit.SECONDS));
            boolean wasCut = crossing.exit() && thrown instanceof InterruptedException;
            cut.complete(wasCut && !Thread.currentThread().isInterrupted());
        });

        assertThat(cut.get(30, TimeUnit.SECONDS)).isTrue();
    }
}
