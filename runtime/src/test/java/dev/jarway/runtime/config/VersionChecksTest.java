package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionChecksTest {

    private static List<String> problems(String entry) {
        return Documents.problems("""
                listeners: [ { name: web, port: 8080 } ]
                consumers: [ { name: alice } ]
                filters: [ { %s } ]
                """.formatted(entry));
    }

    @Test
    void takesASplitWithEverythingThatBelongsToIt() {
        assertThat(problems("plugin: a, versions: { 1.2.0: 90, 1.3.0: 10 }, sticky: { cookie: user },"
                        + " select: [ { match: { consumers: [alice] }, version: 1.3.0 } ]"))
                .isEmpty();
        assertThat(problems("plugin: a@1.2.0, rollout: { target: 1.3.0 }, sticky: { clientAddress: true }"))
                .isEmpty();
    }

    @Test
    void wantsVersionsOfWhichOneGetsRequests() {
        assertThat(problems("plugin: a, versions: {}"))
                .containsExactly("/filters/0/versions: {} (expected: at least one version)");
        assertThat(problems("plugin: a, versions: { 1.2.0: 0, 1.3.0: 0 }"))
                .containsExactly("/filters/0/versions: a map, of which none gets any request"
                        + " (expected: a share over 0 for one of them)");
        assertThat(problems("plugin: a, versions: { 1.2.0: -1, latest: 1 }"))
                .containsExactlyInAnyOrder(
                        "/filters/0/versions/1.2.0: -1 (expected: at least 0)",
                        "/filters/0/versions/latest: 1, whose key is no version (expected: a version such as 1.2.0)");
    }

    @Test
    void wantsOneWayToSayWhichVersion() {
        assertThat(problems("plugin: a@1.2.0, versions: { 1.2.0: 1 }"))
                .containsExactly("/filters/0/plugin: \"a@1.2.0\", beside versions"
                        + " (expected: the plugin's id alone, or no versions)");
        assertThat(problems("plugin: a, versions: { 1.2.0: 1 }, rollout: { target: 1.3.0 }"))
                .containsExactly("/filters/0/rollout: a map, beside versions (expected: versions or rollout)");
        assertThat(problems("plugin: a, sticky: { consumer: true }"))
                .containsExactly("/filters/0/sticky: a map, where there is one version only"
                        + " (expected: versions or rollout beside it)");
    }

    @Test
    void wantsOneStickyKey() {
        assertThat(problems("plugin: a, versions: { 1.2.0: 1 }, sticky: { header: x, consumer: true }"))
                .containsExactly("/filters/0/sticky: a map, with 2 keys"
                        + " (expected: exactly one of header, cookie, consumer, clientAddress)");
        assertThat(problems("plugin: a, versions: { 1.2.0: 1 }, sticky: { header: \"x y\" }"))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("/filters/0/sticky/header: \"x y\" (expected: letters");
    }

    @Test
    void wantsSelectionsOfSomethingThatThereIs() {
        assertThat(problems("plugin: a, versions: { 1.2.0: 1 }, select: [ { match: {}, version: 1.3.0 },"
                        + " { match: { consumers: [bob] }, version: 1.2.0 } ]"))
                .containsExactlyInAnyOrder(
                        "/filters/0/select/0/match: {}, which names nothing"
                                + " (expected: headers or consumers with at least one element)",
                        "/filters/0/select/0/version: \"1.3.0\" (expected: one of: 1.2.0)",
                        "/filters/0/select/1/match/consumers/0: \"bob\" (expected: one of: alice)");
    }

    @Test
    void wantsARolloutThatLeadsFromOneVersionToAnother() {
        assertThat(problems("plugin: a, rollout: { target: 1.3.0 }"))
                .containsExactly(
                        "/filters/0/plugin: \"a\", beside a rollout (expected: id@version: what the rollout begins with)");
        assertThat(problems("plugin: a@1.3.0, rollout: { target: 1.3.0 }"))
                .containsExactly(
                        "/filters/0/rollout/target: \"1.3.0\", which the rollout begins with (expected: another version)");
        assertThat(problems("plugin: a@1.2.0, rollout: { target: 1.3.0, steps: [5, 5, 100], hold: 0s,"
                        + " abort: { errorRate: \"2\", latency: fast } }"))
                .containsExactlyInAnyOrder(
                        "/filters/0/rollout/steps/1: 5, after 5 (expected: a share over that of the step before)",
                        "/filters/0/rollout/hold: \"0s\""
                                + " (expected: a duration such as 500ms, 5s, 1m, 2h or 1d, longer than 0)",
                        "/filters/0/rollout/abort/errorRate: \"2\" (expected: percent such as 2% or 0.5%, or off)",
                        "/filters/0/rollout/abort/latency: \"fast\" (expected: a factor such as 1.5x, or off)");
    }

    @Test
    void letsEntriesHaveOneRolloutTogetherButNoTwoOfOneName() {
        var document = """
                listeners: [ { name: web, port: 8080 } ]
                services: [ { name: s, endpoints: [ { url: "http://localhost:1" } ] } ]
                routes:
                  - { name: a, match: { path: /a }, service: s, filters: [ { plugin: p@1.2.0, rollout: { target: 1.3.0 } } ] }
                  - { name: b, match: { path: /b }, service: s, filters: [ { plugin: p@1.2.0, rollout: %s } ] }
                """;

        assertThat(Documents.problems(document.formatted("{ target: 1.3.0 }"))).isEmpty();
        assertThat(Documents.problems(document.formatted("{ target: 1.3.0, name: other, hold: 1s }")))
                .isEmpty();
        assertThat(Documents.problems(document.formatted("{ target: 1.3.0, hold: 1s }")))
                .containsExactly("/routes/1/filters/0/rollout: a map, whose name is taken by /routes/0/filters/0"
                        + " (expected: a name of its own, or the same rollout)");
    }
}
