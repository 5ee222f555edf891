package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.plugin.PluginIdentity;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BoundaryTest extends LoaderTest {
    private static final long LIMIT = TimeUnit.MILLISECONDS.toNanos(100);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "int i = 0; while (i >= 0) { i = (i + 1) & 0xff; } yield i;",
                "int i = 0; for (;;) { try { while (i >= 0) { i = (i + 1) & 1; } } catch (Throwable t) { i = 1; } }",
                "for (;;) { try { Thread.sleep(10_000); } catch (InterruptedException e) { } }",
                "int i = 0; do { switch (i) { case 0: i = 1; continue; default: i = 0; } } while (true);",
                "new java.util.concurrent.CountDownLatch(1).await(); yield null;",
                "java.util.stream.Stream.generate(() -> 1).forEach(x -> { for (int i = 0; i < 3; i++) { } }); yield null;"
            })
    void endsACallThatWouldNotEnd(String block) throws Exception {
        LoadedPlugin plugin = asking(block);

        try (Crossing crossing = boundary.crossing()) {
            PluginFault fault = catchThrowableOfType(PluginFault.class, () -> call(crossing, plugin));

            assertThat(fault.kind()).isEqualTo(PluginFault.Kind.TIMED_OUT);
            assertThat(fault).hasMessage("plugin " + plugin.identity() + " did not finish ask within 100 ms");
            assertThat(Thread.interrupted()).isFalse();
        }
    }

    @Test
    void endsALoopOnAVirtualThread() throws Exception {
        LoadedPlugin plugin = asking("int i = 0; while (i >= 0) { i = (i + 1) & 0xff; } yield i;");
        List<Throwable> faults = new ArrayList<>();

        Thread.ofVirtual()
                .start(() -> {
                    try (Crossing crossing = boundary.crossing()) {
                        faults.add(catchThrowableOfType(PluginFault.class, () -> call(crossing, plugin)));
                    }
                })
                .join();

        assertThat(faults).singleElement().isInstanceOf(PluginFault.class);
    }

    @Test
    void letsTheNextCallOnTheSameThreadLoopAgain() throws Exception {
        LoadedPlugin endless = asking("int i = 0; while (i >= 0) { i = (i + 1) & 0xff; } yield i;");
        LoadedPlugin busy = asking("int sum = 0; for (int i = 0; i < 1000; i++) { sum += i; } yield sum;");

        try (Crossing crossing = boundary.crossing()) {
            assertThatThrownBy(() -> call(crossing, endless)).isInstanceOf(PluginFault.class);

            assertThat(call(crossing, busy)).isEqualTo(499_500);
        }
    }

    /** The calls end just when the watchdog comes: wherever they meet, none of its interrupts may arrive later. */
    @Test
    void leavesNoInterruptBehindWhenCallAndWatchdogMeet() throws Exception {
        PluginIdentity plugin = new PluginIdentity("probe", "1.0.0", 1);
        ClassLoader classes = getClass().getClassLoader();
        int cut = 0;
        try (Crossing crossing = boundary.crossing()) {
            for (int i = 0; i < 400; i++) {
                long until = System.nanoTime() + 300_000 + i * 50_000L % 21_000_000;
                try {
                    crossing.call(plugin, classes, "ask", 1, () -> {
                        while (System.nanoTime() < until) {
                            Thread.onSpinWait();
                        }
                        return null;
                    });
                } catch (PluginFault fault) {
                    cut++;
                }
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
            }
        }
        assertThat(cut).isBetween(1, 399);
    }

    @Test
    void turnsWhatAPluginThrowsIntoTextAndStack() throws Exception {
        LoadedPlugin plugin = load(PluginJar.of("probe", "1.2.0")
                .source("package own; public class Oops extends RuntimeException { public Oops() { super(\"text\","
                        + " new IllegalStateException(\"below\")); } }")
                .factory(
                        Factories.answering("Probe", "fail()")
                                .replace(
                                        "public record Config",
                                        "static Object fail() throws Exception { throw (Exception)"
                                                + " Class.forName(\"own.Oops\").getConstructor().newInstance(); }\npublic record Config"))
                .writeTo(folder.resolve("probe.jar")));

        PluginFault fault = catchThrowableOfType(PluginFault.class, () -> call(boundary.crossing(), plugin));

        assertThat(fault).hasMessage("plugin " + plugin.identity() + " threw in ask: own.Oops: text");
        Throwable copy = Objects.requireNonNull(fault.getCause());
        assertThat(copy.getClass().getClassLoader()).isSameAs(getClass().getClassLoader());
        assertThat(copy.getStackTrace()).anyMatch(frame -> frame.getMethodName().equals("fail"));
        assertThat(copy.getCause()).hasMessage("java.lang.IllegalStateException: below");
    }

    @Test
    void survivesAnExceptionThatCannotEvenBeRead() throws Exception {
        PluginIdentity plugin = new PluginIdentity("probe", "1.0.0", 1);
        class Unreadable extends RuntimeException {
            private static final long serialVersionUID = 1;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no");
            }

            @Override
            public synchronized Throwable getCause() {
                return this;
            }
        }

        PluginFault fault = catchThrowableOfType(
                PluginFault.class,
                () -> boundary.crossing().call(plugin, getClass().getClassLoader(), "ask", LIMIT, () -> {
                    throw new Unreadable();
                }));

        assertThat(fault).hasMessageContaining("Unreadable (its message cannot be read)");
    }

    @Test
    void givesUpWaitingForAThreadThatHeedsNothing() throws Exception {
        PluginIdentity plugin = new PluginIdentity("probe", "1.0.0", 1);

        PluginFault fault = catchThrowableOfType(
                PluginFault.class,
                () -> boundary.callApart(plugin, getClass().getClassLoader(), "create", Duration.ofMillis(50), () -> {
                    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    return "late";
                }));

        assertThat(fault.kind()).isEqualTo(PluginFault.Kind.TIMED_OUT);
    }

    private static Object call(Crossing crossing, LoadedPlugin plugin) throws Exception {
        var ask = plugin.factory().getClass().getMethod("ask");
        return crossing.call(plugin.identity(), plugin.classLoader(), "ask", LIMIT, () -> {
            try {
                return Objects.requireNonNull(ask.invoke(null));
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            }
        });
    }

    private LoadedPlugin asking(String block) {
        String name = "probe" + Integer.toHexString(block.hashCode());
        return load(PluginJar.of(name, "1.0.0")
                .factory(Factories.answering(
                        "Probe",
                        "switch (0) { default -> { if (Boolean.getBoolean(\"never\")) { yield null; } " + block
                                + " } }"))
                .writeTo(folder.resolve(name + ".jar")));
    }
}
