package dev.jarway.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.plugin.Consumer;
import dev.jarway.plugin.Consumers;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostContextTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final String REFUSAL = "plugin mock@1.0.0#1: is closed (expected: no use of its context after that)";

    private final HostFixture host = new HostFixture();

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void saysWhichPluginItIsOf() {
        var context = host.context("mock", 7);

        assertThat(context.plugin()).hasToString("mock@1.0.0#7");
        assertThat(context.logger().getName()).isEqualTo("plugin.mock");
    }

    @Test
    void findsTheConsumersItWasGiven() {
        Consumer alice = new Consumer() {
            @Override
            public String name() {
                return "alice";
            }

            @Override
            public <C extends Record> C credential(Class<C> type) {
                throw new IllegalArgumentException("no credential");
            }
        };
        Consumers one = index -> index.equals("key-1") ? Optional.of(alice) : Optional.empty();

        try (var context = new HostContext(
                host.services, HostFixture.identity("mock", 1), getClass().getClassLoader(), one, Map.of())) {
            assertThat(context.consumers().find("key-1")).containsSame(alice);
            assertThat(context.consumers().find("key-2")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "counter",
                "timer",
                "gauge",
                "after",
                "every",
                "send",
                "add",
                "get",
                "put",
                "putIfAbsent",
                "remove",
                "secrets",
                "consumers",
                "received",
                "offer",
                "offered",
                "held counter",
                "held timer"
            })
    void refusesAfterCloseAndNamesThePlugin(String use) {
        var context = host.context();
        var call = use(context, use);
        context.close();

        assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage(REFUSAL);
    }

    @Test
    void keepsNameAndLoggerAfterCloseForLastWords() {
        var context = host.context();
        context.close();

        assertThat(context.plugin().id()).isEqualTo("mock");
        assertThatCode(() -> context.logger().debug("closed")).doesNotThrowAnyException();
    }

    @Test
    void closesOnceAndNeverMinds() {
        var context = host.context();

        context.close();
        context.close();

        assertThatThrownBy(() -> context.store().get("x")).hasMessage(REFUSAL);
    }

    private static ThrowingCallable use(HostContext context, String name) {
        var counter = context.metrics().counter("held_counter");
        var timer = context.metrics().timer("held_timer");
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:1/")).build();
        return switch (name) {
            case "counter" -> () -> context.metrics().counter("x");
            case "timer" -> () -> context.metrics().timer("x");
            case "gauge" -> () -> context.metrics().gauge("x", () -> 1);
            case "after" -> () -> context.scheduler().after(MINUTE, () -> {});
            case "every" -> () -> context.scheduler().every(MINUTE, () -> {});
            case "send" -> () -> context.http().send(request);
            case "add" -> () -> context.store().add("x", 1, MINUTE);
            case "get" -> () -> context.store().get("x");
            case "put" -> () -> context.store().put("x", "y", MINUTE);
            case "putIfAbsent" -> () -> context.store().putIfAbsent("x", "y", MINUTE);
            case "remove" -> () -> context.store().remove("x");
            case "secrets" -> () -> context.secrets().find("env:DB_PASSWORD");
            case "consumers" -> () -> context.consumers().find("x");
            case "received" -> () -> context.handOver().received();
            case "offer" -> () -> context.handOver().offer(Map::of);
            case "offered" -> context::offered;
            case "held counter" -> counter::increment;
            case "held timer" -> () -> timer.record(MINUTE);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
