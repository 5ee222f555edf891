package dev.jarway.runtime;

import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.GenerationState;
import dev.jarway.loader.LoadedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The leak zoo's rows that need a gateway: what plugins leave with the host, and on its event loops. */
class GatewayZooTest {
    private static final String FILTER = "return exchange -> new Filter() {};";

    @TempDir
    Path directory;

    static List<Row> rows() {
        return List.of(
                new Row("a configuration record, bound and checked", "", FILTER),
                new Row("a gauge", "", "context.metrics().gauge(\"size\", () -> 1); " + FILTER),
                new Row("counters and timers", "", """
                    context.metrics().counter("calls").increment();
                    context.metrics().timer("time").record(java.time.Duration.ofMillis(1));
                    """ + FILTER),
                new Row("tasks of the scheduler", "", """
                    context.scheduler().every(java.time.Duration.ofMillis(10), () -> {});
                    context.scheduler().after(java.time.Duration.ofHours(1), () -> {});
                    """ + FILTER),
                new Row("an offer to a successor that never came", "", """
                    context.handOver().offer(() -> new java.util.HashMap<>());
                    """ + FILTER),
                new Row("attributes of an exchange, and an answer of its own class", "", """
                    return exchange -> new Filter() {
                        @Override public Action onRequestHeaders(Request request) {
                            exchange.setAttribute(Key.of("acme", Object.class), new Object() {});
                            return Action.proceed();
                        }
                    };
                    """),
                new Row("a ThreadLocal on an event loop", "thread-local", """
                    return exchange -> new Filter() {
                        @Override public Action onRequestHeaders(Request request) {
                            LOCAL.set(new Object() {});
                            return Action.proceed();
                        }
                    };
                    """),
                new Row("a thread that runs on after close", "thread", """
                    var thread = new Thread(() -> {
                        try { Thread.sleep(5_000); } catch (InterruptedException e) {}
                    }, "acme-runs-on");
                    thread.setDaemon(true);
                    thread.start();
                    """ + FILTER));
    }

    @Test
    void standsOnThePageOnLeaks() throws IOException {
        var page = Files.readString(Path.of("../docs/leaks.md"));

        assertThat(rows())
                .allSatisfy(row -> assertThat(page)
                        .contains("| " + row.name() + " | "
                                + (row.kind().isEmpty() ? "is collected" : "is a zombie, named: `" + row.kind() + "`")
                                + " |"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void isCollectedOrNamed(Row row) throws Exception {
        Path jar = FilterSource.plugin("probe", "1.0.0", COMPONENTS, row.create(), MEMBERS)
                .in(directory);
        try (GatewayFixture gateway =
                GatewayFixture.start(directory.resolve("g"), filters(ENTRY), Duration.ofSeconds(1), jar)) {
            for (int i = 0; i < 8; i++) {
                assertThat(gateway.get("/").statusCode()).isEqualTo(200);
            }

            assertThat(gateway.configure("").statusCode()).isEqualTo(200);
            Files.delete(gateway.folder().resolve(jar.getFileName()));

            if (row.kind().isEmpty()) {
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(gateway.gateway().generations()).isEmpty());
            } else {
                LoadedPlugin zombie = await().atMost(PATIENCE)
                        .until(
                                () -> gateway.gateway().generations().getFirst(),
                                generation -> generation.state() == GenerationState.ZOMBIE);
                assertThat(zombie.leakReport().holders())
                        .anyMatch(holding -> holding.kind().equals(row.kind()));
            }
        }
    }

    private static final String ENTRY =
            "{ plugin: probe, config: { name: a, parts: [{ time: 1s, mode: slow }], limits: { a: 1 } } }";
    private static final String COMPONENTS =
            "@NotBlank String name, java.util.List<Part> parts, java.util.Map<String, @Min(1) Integer> limits";
    private static final String MEMBERS = """
        public record Part(java.time.Duration time, Mode mode) {}
        public enum Mode { SLOW, FAST }
        static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
        """;

    /**
     * One row.
     *
     * @param kind of the holder that has to be named; empty if the plugin has to be collected
     * @param create the body of {@code create}
     */
    record Row(String name, String kind, String create) {
        @Override
        public String toString() {
            return name;
        }
    }
}
