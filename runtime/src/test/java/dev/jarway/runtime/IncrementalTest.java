package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static dev.jarway.runtime.GatewayFixture.filters;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a change leaves alone: everything that it does not concern. */
class IncrementalTest {
    private static final String MADE = "plugins.made";
    private static final String CLOSED = "plugins.closed";

    @TempDir
    Path directory;

    @AfterEach
    void forgetCounts() {
        System.clearProperty(MADE);
        System.clearProperty(CLOSED);
    }

    @Test
    void makesOnePluginWhenOneRouteOfAThousandChanges() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"), thousandRoutes("before"), counting().in(directory))) {
            assertThat(Integer.getInteger(MADE)).isEqualTo(1000);

            assertThat(gateway.configure(thousandRoutes("after")).statusCode()).isEqualTo(200);

            assertThat(Integer.getInteger(MADE)).isEqualTo(1001);
            assertThat(gateway.get("/500").body()).isEqualTo("after");
            assertThat(gateway.get("/501").body()).isEqualTo("text 501");
        }
    }

    @Test
    void keepsThePluginsOfOneJarWhenAnotherIsReplaced() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                filters("{ plugin: counting, config: { text: x } }, { plugin: other, optional: true }"),
                counting().in(directory))) {
            FilterSource.answering("other", "1.0.0", "one").in(gateway.folder());
            await().atMost(PATIENCE).until(() -> gateway.status().contains("other@1.0.0#2"));

            assertThat(Integer.getInteger(MADE)).isEqualTo(1);
        }
    }

    @Test
    void opensNoConnectionAnewToAServiceThatIsLeftAlone() throws Exception {
        try (LiveUpstream live = new LiveUpstream();
                GatewayFixture gateway =
                        GatewayFixture.start(directory, live.entry() + "routes: [{ name: live, service: live }]\n");
                KeptConnection connection = KeptConnection.to(gateway.port())) {
            connection.get("/elsewhere");
            int before = live.connections();

            for (int i = 0; i < 5; i++) {
                gateway.configure(live.entry() + "routes: [{ name: live" + i + ", service: live }]\n");
                connection.get("/elsewhere");
            }

            assertThat(live.arrived()).isEqualTo(6);
            assertThat(live.connections()).isEqualTo(before);
        }
    }

    @Test
    void handsTheStateOfAVersionToTheNext() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                filters("{ plugin: tally, config: { text: x } }"),
                tally("1.0.0").in(directory))) {
            assertThat(gateway.get("/").body()).isEqualTo("1.0.0 counts 1");
            assertThat(gateway.get("/").body()).isEqualTo("1.0.0 counts 2");

            tally("1.1.0").in(gateway.folder());

            await().atMost(PATIENCE).until(() -> gateway.status().contains("tally@1.1.0#2"));
            await().atMost(PATIENCE).until(() -> gateway.get("/").body().startsWith("1.1.0"));
            assertThat(gateway.get("/").body()).isEqualTo("1.1.0 counts 4");
        }
    }

    @Test
    void callsTheNewVersionInEveryRouteThatIsLeftAlone() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                twoRoutes("/b"),
                FilterSource.answering("probe", "1.0.0", "old").in(directory))) {
            gateway.configure(twoRoutes("/c"));
            assertThat(gateway.get("/a").body()).isEqualTo("old");

            FilterSource.answering("probe", "1.1.0", "new").in(gateway.folder());
            await().atMost(PATIENCE).until(() -> gateway.status().contains("probe@1.1.0#2"));
            await().atMost(PATIENCE).until(() -> gateway.get("/a").body().equals("new"));
            gateway.configure(twoRoutes("/d"));

            assertThat(gateway.get("/a").body()).isEqualTo("new");
            assertThat(gateway.get("/d").body()).isEqualTo("new");
        }
    }

    @Test
    void closesThePluginOfARouteThatGoesAfterItWasLeftAlone() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                closingRoutes("/b") + closingRoute("gone", "/gone"),
                closing().in(directory))) {
            gateway.configure(closingRoutes("/c") + closingRoute("gone", "/gone"));
            assertThat(gateway.get("/gone").body()).isEqualTo("gone");
            assertThat(System.getProperty(CLOSED)).isNull();

            gateway.configure(closingRoutes("/d"));

            await().atMost(PATIENCE).until(() -> "gone".equals(System.getProperty(CLOSED)));
            assertThat(gateway.get("/a").body()).isEqualTo("a");
        }
    }

    private static String twoRoutes(String second) {
        return """
                routes:
                  - { name: a, match: { path: /a }, service: echo, filters: [ { plugin: probe } ] }
                  - { name: b, match: { path: %s }, service: echo, filters: [ { plugin: probe } ] }
                """.formatted(second);
    }

    private static String closingRoutes(String second) {
        return "routes:\n" + closingRoute("a", "/a") + closingRoute("b", second);
    }

    private static String closingRoute(String name, String path) {
        return "  - { name: %s, match: { path: %s }, service: echo, filters: [ { plugin: closing, config: { text: %s } } ] }\n"
                .formatted(name, path, name);
    }

    private static PluginJar closing() {
        return plugin("closing", "1.0.0", "String text", """
                return new FilterPlugin() {
                    @Override public Filter newFilter(Exchange exchange) {
                        return new Filter() {
                            @Override public Action onRequestHeaders(Request request) {
                                return Action.respond(LocalResponse.of(200, config.text()));
                            }
                        };
                    }
                    @Override public void close() { System.setProperty("%s", config.text()); }
                };
                """.formatted(CLOSED), "");
    }

    private static PluginJar counting() {
        return plugin("counting", "1.0.0", "String text", """
                System.setProperty("%s", String.valueOf(Integer.getInteger("%s", 0) + 1));
                return exchange -> new Filter() {
                    @Override public Action onRequestHeaders(Request request) {
                        return Action.respond(LocalResponse.of(200, config.text()));
                    }
                };
                """.formatted(MADE, MADE), "");
    }

    private static PluginJar tally(String version) {
        return plugin("tally", version, "String text", """
                var count = new java.util.concurrent.atomic.AtomicInteger(
                        (Integer) context.handOver().received().getOrDefault("count", 0));
                context.handOver().offer(() -> java.util.Map.of("count", count.get()));
                return exchange -> new Filter() {
                    @Override public Action onRequestHeaders(Request request) {
                        return Action.respond(LocalResponse.of(200,
                            context.plugin().version() + " counts " + count.incrementAndGet()));
                    }
                };
                """, "");
    }

    private static String thousandRoutes(String textOf500) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "  - { name: r%d, match: { path: /%d }, service: echo, filters: [%s] }\n"
                        .formatted(
                                i,
                                i,
                                "{ plugin: counting, config: { text: \"" + (i == 500 ? textOf500 : "text " + i)
                                        + "\" } }"))
                .collect(Collectors.joining("", "routes:\n", ""));
    }
}
