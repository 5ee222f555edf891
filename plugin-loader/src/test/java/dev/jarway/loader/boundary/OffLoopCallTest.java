package dev.jarway.loader.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OffLoopCallTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Callee plugin = FakeCallee.make();
    private final Boundary boundary = new Boundary();

    @AfterEach
    void close() {
        boundary.close();
    }

    @Test
    void answersFromAThreadThatHasThePluginsClassLoader() {
        Thread thread = boundary.call(plugin, "create", LONG, () -> {
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(plugin.classLoader());
            return Thread.currentThread();
        });

        assertThat(thread).isNotSameAs(Thread.currentThread()).matches(Thread::isDaemon);
        assertThat(thread.getName()).isEqualTo("jarway-call probe@1.0.0#7 create");
    }

    @Test
    void tellsWhatWasThrownWithoutThrowingIt() {
        var fault = catchThrowableOfType(
                PluginFault.class,
                () -> boundary.call(plugin, "create", LONG, () -> {
                    throw new OddException("text");
                }));

        assertThat(fault)
                .hasMessage("plugin probe@1.0.0#7 threw in create: " + OddException.class.getName() + ": text");
        assertThat(fault.kind()).isEqualTo(PluginFault.Kind.THREW);
        assertThat(fault.getCause()).isNotInstanceOf(OddException.class);
    }

    @Test
    void interruptsWhatBlocksTooLong() {
        var fault = catchThrowableOfType(
                PluginFault.class,
                () -> boundary.call(plugin, "close", SHORT, () -> new CountDownLatch(1).await(30, TimeUnit.SECONDS)));

        assertThat(fault).hasMessage("plugin probe@1.0.0#7 took longer than 50 ms in close and was cut off");
        assertThat(fault.kind()).isEqualTo(PluginFault.Kind.TIMED_OUT);
    }

    @Test
    void leavesBehindWhatCannotBeEnded() {
        var released = new AtomicBoolean();

        assertThatThrownBy(() -> boundary.call(plugin, "close", SHORT, () -> {
                    while (!released.get()) {
                        Thread.onSpinWait();
                    }
                    return 1;
                }))
                .hasMessage(
                        "plugin probe@1.0.0#7 took longer than 50 ms in close and does not stop; its thread is left behind");
        released.set(true);
    }

    @Test
    void keepsTheCallersOwnInterruptForLater() {
        Thread.currentThread().interrupt();

        assertThat(boundary.call(plugin, "create", LONG, () -> 1)).isOne();
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Stands for a class that the host does not know. */
    private static final class OddException extends Exception {
        private static final long serialVersionUID = 1L;

        OddException(String message) {
            super(message);
        }
    }
}
