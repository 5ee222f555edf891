package dev.jarway.runtime;

import static dev.jarway.runtime.FilterSource.plugin;
import static dev.jarway.runtime.GatewayFixture.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.jarway.loader.testing.PluginJar;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which filters a request meets: those of gateway, host, route and service, merged by name, configured by rules. */
class ScopesTest {

    @TempDir
    Path directory;

    @Test
    void runsTheFiltersOfGatewayHostRouteAndServiceInThisOrder() throws Exception {
        try (GatewayFixture gateway = start("""
                filters: [{ plugin: mark, name: g, config: { text: gateway } }]
                hosts: [{ name: localhost, filters: [{ plugin: mark, name: h, config: { text: host } }] }]
                routes: [{ name: all, service: marked, filters: [{ plugin: mark, name: r, config: { text: route } }] }]
                """)) {
            assertThat(marks(gateway, "127.0.0.1")).isEqualTo("gateway,route,service");
            assertThat(marks(gateway, "localhost")).isEqualTo("gateway,host,route,service");
        }
    }

    @Test
    void letsANarrowerEntryTakeThePlaceOfAWiderOneOfItsName() throws Exception {
        try (GatewayFixture gateway = start("""
                filters:
                  - { plugin: mark, name: first, config: { text: wide } }
                  - { plugin: mark, name: second, config: { text: second } }
                routes:
                  - name: all
                    service: echo
                    filters: [{ plugin: mark, name: first, config: { text: narrow } }]
                """)) {
            assertThat(marks(gateway, "127.0.0.1")).isEqualTo("narrow,second");
        }
    }

    @Test
    void takesAnEntryOutWhereItIsNotEnabled() throws Exception {
        try (GatewayFixture gateway = start("""
                filters: [{ plugin: mark, name: first, config: { text: wide } }]
                routes:
                  - { name: without, match: { path: /without }, service: echo, filters: [{ plugin: mark, name: first, enabled: false }] }
                  - { name: with, service: echo }
                """)) {
            gateway.get("/without");
            assertThat(gateway.upstream().seen().remove().headers()).doesNotContainKey("X-mark");
            assertThat(marks(gateway, "127.0.0.1")).isEqualTo("wide");
        }
    }

    @Test
    void configuresByTheFirstRuleThatFitsElseByConfigElseNotAtAll() throws Exception {
        try (GatewayFixture gateway = start("""
                filters:
                  - plugin: mark
                    name: ruled
                    config: { text: otherwise }
                    rules:
                      - { match: { hosts: [localhost] }, config: { text: by-host } }
                      - { match: { routes: ["special-*"] }, config: { text: by-route } }
                      - { match: { services: [marked] } }
                  - plugin: mark
                    name: only
                    rules: [{ match: { hosts: ["*.example.com"] }, config: { text: example } }]
                routes:
                  - { name: special-one, match: { path: /special }, service: echo }
                  - { name: to-service, match: { path: /service }, service: marked }
                  - { name: all, service: echo }
                """)) {
            assertThat(marks(gateway, "127.0.0.1")).isEqualTo("otherwise");
            assertThat(marks(gateway, "localhost")).isEqualTo("by-host");
            assertThat(marks(gateway, "127.0.0.1", "/special")).isEqualTo("by-route");
            assertThat(marks(gateway, "127.0.0.1", "/service")).isEqualTo("service");
        }
    }

    @Test
    void skipsAnOptionalEntryUntilItsPluginArrives() throws Exception {
        try (GatewayFixture gateway = GatewayFixture.start(
                directory.resolve("g"),
                GatewayFixture.filters("{ plugin: mark, optional: true, config: { text: here } }"))) {
            HttpResponse<String> before = gateway.get("/");
            assertThat(before.statusCode()).isEqualTo(200);
            assertThat(gateway.status()).contains("plugin 'mark' is absent");

            mark().in(gateway.folder());

            await().atMost(PATIENCE).until(() -> "here".equals(marks(gateway, "127.0.0.1")));
        }
    }

    @Test
    void refusesAnEntryWhosePluginIsAbsent() {
        StartException refusal = catchThrowableOfType(
                StartException.class,
                () -> GatewayFixture.start(directory.resolve("g"), GatewayFixture.filters("{ plugin: mark }")));

        assertThat(refusal.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/routes/0/filters/0/plugin");
            assertThat(problem.detail()).isEqualTo("no plugin 'mark' is present");
        });
    }

    /** What the filters have left in the request, as the service saw it. */
    private static String marks(GatewayFixture gateway, String host) {
        return marks(gateway, host, "/");
    }

    private static String marks(GatewayFixture gateway, String host, String path) {
        gateway.upstream().seen().clear();
        gateway.get(path, host);
        return gateway.upstream().seen().element().headers().getOrDefault("X-mark", "");
    }

    private GatewayFixture start(String config) throws StartException {
        return GatewayFixture.start(directory.resolve("g"), config, mark().in(directory));
    }

    private static PluginJar mark() {
        return plugin(
                "mark",
                "1.0.0",
                "String text, @Default(\"x\") String other",
                "return exchange -> new Filter() { @Override public Action onRequestHeaders(Request request) {"
                        + " request.headers().add(\"x-mark\", config.text()); return Action.proceed(); } };",
                "");
    }
}
