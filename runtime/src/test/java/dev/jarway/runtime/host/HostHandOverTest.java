package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostHandOverTest {
    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void givesTheSuccessorWhatThePredecessorOffered() {
        var used = new HashMap<String, Object>(Map.of("alice", 3L));
        var old = host.context("mock", 1);
        old.handOver().offer(() -> new HashMap<>(used));
        used.put("alice", 4L);

        try (var successor = successor(old.offered())) {
            assertThat(successor.handOver().received()).isEqualTo(Map.of("alice", 4L));
            assertThatThrownBy(() -> successor.handOver().received().clear())
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    void hasReceivedNothingWithoutPredecessor() {
        assertThat(host.context().handOver().received()).isEmpty();
    }

    @Test
    void offersNothingUnlessAsked() {
        assertThat(host.context().offered()).isEmpty();
    }

    @Test
    void takesTheLastOffer() {
        var context = host.context();
        context.handOver().offer(() -> Map.of("x", 1));
        context.handOver().offer(() -> Map.of("x", 2));

        assertThat(context.offered()).isEqualTo(Map.of("x", 2));
    }

    @Test
    void leavesOutForeignTypesWithAWarningThatNamesTheKey() {
        var context = host.context();
        context.handOver().offer(() -> Map.of("fine", 1, "cache", new AtomicLong(1)));

        try (var logged = new LogCapture(HostHandOver.class)) {
            assertThat(context.offered()).isEqualTo(Map.of("fine", 1));
            assertThat(logged.messages())
                    .containsExactly(
                            "Plugin mock@1.0.0#1: 'cache' is not handed over: java.util.concurrent.atomic.AtomicLong"
                                    + " (expected: text, boxed primitives, java.time types, and lists, sets and maps of these)");
        }
    }

    @Test
    void filtersWhatIsReceivedToo() {
        try (var context = successor(Map.of("fine", 1, "foreign", new AtomicLong(1)))) {
            assertThat(context.handOver().received()).isEqualTo(Map.of("fine", 1));
        }
    }

    @Test
    void offersNothingIfTheSupplierThrows() {
        var context = host.context();
        context.handOver().offer(() -> {
            throw new AssertionError("no state");
        });

        try (var logged = new LogCapture(HostHandOver.class)) {
            assertThat(context.offered()).isEmpty();
            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .startsWith("Plugin mock@1.0.0#1: hands over nothing because it failed:")
                    .contains("no state");
        }
    }

    @Test
    void asksWithThePluginsClassLoader() throws Exception {
        try (var loader = new URLClassLoader("guest", new URL[0], null)) {
            var seen = new AtomicReference<@Nullable ClassLoader>();
            var context = host.context("mock", 1, loader);
            context.handOver().offer(() -> {
                seen.set(Thread.currentThread().getContextClassLoader());
                return Map.of();
            });
            var before = Thread.currentThread().getContextClassLoader();

            context.offered();

            assertThat(seen.get()).isSameAs(loader);
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        }
    }

    private HostContext successor(Map<String, Object> received) {
        return new HostContext(
                host.services,
                HostFixture.identity("mock", 2),
                getClass().getClassLoader(),
                HostFixture.NOBODY,
                received);
    }
}
