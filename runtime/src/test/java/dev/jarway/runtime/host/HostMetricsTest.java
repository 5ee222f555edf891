package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostMetricsTest {
    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void showsACounterUnderThePluginsName() {
        var refused = host.context().metrics().counter("refused", "reason", "expired");

        refused.increment();
        refused.add(4);
        refused.add(0);

        assertThat(host.meters
                        .get("jarway_plugin_refused")
                        .tags("plugin", "mock", "reason", "expired")
                        .counter()
                        .count())
                .isEqualTo(5);
    }

    @Test
    void showsATimer() {
        host.context().metrics().timer("lookup").record(Duration.ofMillis(250));

        var timer =
                host.meters.get("jarway_plugin_lookup").tag("plugin", "mock").timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(250);
    }

    @Test
    void givesTheSameMeterForTheSameNameAndTags() {
        var metrics = host.context().metrics();

        assertThat(metrics.counter("x", "a", "1", "b", "2")).isSameAs(metrics.counter("x", "b", "2", "a", "1"));
        assertThat(metrics.counter("x", "a", "1")).isNotSameAs(metrics.counter("x", "a", "2"));
        assertThat(metrics.timer("y")).isSameAs(metrics.timer("y"));
    }

    @Test
    void readsAGaugeWhenItIsAsked() {
        double[] size = {1};
        host.context().metrics().gauge("size", () -> size[0]);

        size[0] = 17;

        assertThat(gauge("size")).isEqualTo(17);
    }

    @Test
    void takesTheLaterSupplierOfOnePluginsGauge() {
        var metrics = host.context().metrics();
        metrics.gauge("size", () -> 1);
        metrics.gauge("size", () -> 2);

        assertThat(gauge("size")).isEqualTo(2);
    }

    @Test
    void survivesAGaugeThatThrowsAndSaysSoOnce() {
        var healthy = host.context("mock", 1);
        var broken = host.context("mock", 2);
        broken.metrics().gauge("size", () -> {
            throw new AssertionError("no size today");
        });

        try (var logged = new LogCapture(GaugeShare.class)) {
            assertThat(gauge("size")).isNaN();
            healthy.metrics().gauge("size", () -> 5);
            assertThat(gauge("size")).isEqualTo(5);

            assertThat(logged.messages())
                    .singleElement()
                    .asString()
                    .startsWith("Plugin mock@1.0.0#2: gauge jarway_plugin_size is left out because it failed:")
                    .contains("no size today");
            assertThat(logged.events())
                    .allSatisfy(event -> assertThat(event.getThrowableProxy()).isNull());
        }
    }

    @Test
    void sharesMetersAmongPluginsOfOneId() {
        var first = host.context("mock", 1);
        var second = host.context("mock", 2);
        first.metrics().counter("served").add(2);
        second.metrics().counter("served").add(3);
        first.metrics().gauge("size", () -> 10);
        second.metrics().gauge("size", () -> 20);

        assertThat(counter("served")).isEqualTo(5);
        assertThat(gauge("size")).isEqualTo(30);
    }

    @Test
    void keepsAMeterUntilTheLastPluginThatUsesItCloses() {
        var first = host.context("mock", 1);
        var second = host.context("mock", 2);
        first.metrics().counter("served").add(2);
        first.metrics().counter("served").add(2);
        first.metrics().gauge("size", () -> 10);
        second.metrics().counter("served").add(3);
        second.metrics().gauge("size", () -> 20);

        first.close();
        assertThat(counter("served")).isEqualTo(7);
        assertThat(gauge("size")).isEqualTo(20);
        second.metrics().counter("served").increment();
        assertThat(counter("served")).isEqualTo(8);
        second.close();

        assertThat(host.meters.getMeters()).isEmpty();
    }

    @Test
    void removesOnlyItsOwnMeters() {
        var mine = host.context("mock", 1);
        mine.metrics().counter("served").increment();
        mine.metrics().timer("lookup").record(Duration.ofMillis(1));
        mine.metrics().gauge("size", () -> 1);
        host.context("other", 2).metrics().counter("served").increment();
        host.meters.counter("gateway");

        mine.close();

        assertThat(host.meters.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getName() + id.getTag("plugin"))
                .containsExactlyInAnyOrder("jarway_plugin_servedother", "gatewaynull");
    }

    @Test
    void losesNoCountWhenPluginsComeAndGo() {
        var keeper = host.context("mock", 1);
        var kept = keeper.metrics().counter("served");

        var visits = IntStream.range(2, 200)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (var context = new HostContext(
                            host.services,
                            HostFixture.identity("mock", i),
                            getClass().getClassLoader(),
                            HostFixture.NOBODY,
                            Map.of())) {
                        context.metrics().counter("served").increment();
                    }
                }))
                .toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(visits).join();
        kept.increment();

        assertThat(counter("served")).isEqualTo(199);
        keeper.close();
        assertThat(host.meters.getMeters()).isEmpty();
    }

    @Test
    void refusesBadNamesTagsAndAmounts() {
        var metrics = host.context().metrics();

        assertThatThrownBy(() -> metrics.counter("Bad-Name"))
                .hasMessage("meter name: 'Bad-Name' (expected: lower case words with underscores)");
        assertThatThrownBy(() -> metrics.counter("x", "key"))
                .hasMessage("tags of meter 'x': 1 (expected: key, value, key, value)");
        assertThatThrownBy(() -> metrics.counter("x", "plugin", "other")).hasMessageContaining("expected: another key");
        assertThatThrownBy(() -> metrics.counter("x", "Key", "1")).hasMessageContaining("tag of meter 'x': 'Key'");
        assertThatThrownBy(() -> metrics.counter("x").add(-1)).hasMessage("amount: -1 (expected: >= 0)");
        assertThatThrownBy(() -> metrics.timer("y").record(Duration.ofMillis(-1)))
                .hasMessage("duration: PT-0.001S (expected: >= 0)");
    }

    @Test
    void refusesANameOfAnotherKind() {
        host.context("mock", 1).metrics().counter("x");

        assertThatThrownBy(() -> host.context("mock", 1).metrics().timer("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("meter jarway_plugin_x: not a timer");
        var own = host.context("other", 1).metrics();
        own.counter("x");
        assertThatThrownBy(() -> own.gauge("x", () -> 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("meter jarway_plugin_x: is of another kind");
    }

    private double counter(String name) {
        return host.meters.get("jarway_plugin_" + name).counter().count();
    }

    private double gauge(String name) {
        return host.meters.get("jarway_plugin_" + name).gauge().value();
    }
}
