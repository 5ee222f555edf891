package dev.jarway.runtime.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which routes a snapshot has from the one before. */
class InheritanceTest {
    private static final String DOCUMENT = """
            listeners: [ { name: web, port: 0 } ]
            consumers: []
            filters: []
            hosts: []
            services:
              - { name: one, endpoints: [ { url: "http://10.0.0.1" } ], filters: [] }
              - { name: two, endpoints: [ { url: "http://10.0.0.2" } ] }
            routes:
              - { name: left, match: { path: /left }, service: one, filters: [ { plugin: idle, config: { header: x, most: "${env:MOST}" } } ] }
              - { name: other, match: { path: /other }, service: two, filters: [ { plugin: idle, config: { header: y } } ] }
            """;

    private final BuildingSite site = BuildingSite.open();
    private final Snapshot before = site.build(config(DOCUMENT), Optional.empty());

    @AfterEach
    void close() throws IOException {
        site.close();
    }

    @Test
    void hasTheRoutesThatAreLeftAloneWithTheirPlugins() {
        Snapshot after = after("/other", "/elsewhere");

        assertThat(inherits(after, "left")).isTrue();
        assertThat(inherits(after, "other")).isFalse();
        assertThat(after.plugins()).isEqualTo(before.plugins());
    }

    @Test
    void hasRoutesThatStandElsewhereInTheDocument() {
        Snapshot after = after("routes:\n", "routes:\n  - { name: first, service: two }\n");

        assertThat(inherits(after, "left")).isTrue();
        assertThat(inherits(after, "other")).isTrue();
    }

    @Test
    void hasNoPluginOfARouteThatIsGone() {
        String document = DOCUMENT.substring(0, DOCUMENT.indexOf("  - { name: other"));

        Snapshot after = site.build(config(document), Optional.of(before));

        assertThat(inherits(after, "left")).isTrue();
        assertThat(after.plugins()).hasSize(1);
    }

    @Test
    void inheritsWhatWasInheritedBefore() {
        Snapshot second = after("/other", "/elsewhere");
        Snapshot third = site.build(config(DOCUMENT), Optional.of(second));

        assertThat(inherits(third, "left")).isTrue();
        assertThat(third.plugins()).isEqualTo(before.plugins());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            path: /left    | path: /right
            header: x,     | header: z,
            filters: []\\n | filters: [ { plugin: idle, name: wide, config: { header: w } } ]\\n
            filters: [] }  | filters: [ { plugin: idle, name: s, config: { header: s } } ] }
            hosts: []      | hosts: [ { name: a.example.com, filters: [ { plugin: idle, name: h, config: { header: h } } ] } ]
            config: { header: y } | rules: [ { match: { hosts: [ b.example.com ] }, config: { header: y } } ]
            consumers: []  | consumers: [ { name: alice } ]
            """)
    void makesARouteAnewWhenAnythingIsOtherThatItsChainsAreMadeOf(String present, String changed) {
        Snapshot after = after(present.replace("\\n", "\n"), changed.replace("\\n", "\n"));

        assertThat(inherits(after, "left")).isFalse();
    }

    /** A text that came out of a reference is taken for a number, one that was written as text is not. */
    @Test
    void looksAgainAtAConfigurationThatIsEqualButDoesNotComeOutOfAReferenceAnyMore() {
        assertThatThrownBy(() -> after("\"${env:MOST}\"", "\"5\""))
                .hasMessageContaining("/routes/0/filters/0/config/most");
    }

    private Snapshot after(String present, String changed) {
        assertThat(DOCUMENT).contains(present);
        return site.build(config(DOCUMENT.replace(present, changed)), Optional.of(before));
    }

    private boolean inherits(Snapshot after, String route) {
        return built(after, route).entry() == built(before, route).entry();
    }

    private static BuiltRoute built(Snapshot snapshot, String route) {
        return snapshot.estate().routes().stream()
                .filter(built -> built.config().name().equals(route))
                .findFirst()
                .orElseThrow();
    }

    private static LoadedConfig config(String text) {
        return ConfigDocument.parse(text.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML)
                .value()
                .load(new References(Map.of("MOST", "5"), Path.of("")))
                .value();
    }
}
