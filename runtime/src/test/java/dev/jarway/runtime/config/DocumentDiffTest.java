package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.runtime.config.DocumentChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentDiffTest {

    @Test
    void namesWhatWasAddedRemovedAndChanged() {
        var changes = between("a: 1\nb: { c: 2, d: 3 }\n", "b: { c: 2, d: 4 }\ne: [1]\n");

        assertThat(shown(changes)).containsExactly("REMOVED /a 1 -> ", "CHANGED /b/d 3 -> 4", "ADDED /e  -> [1]");
    }

    @Test
    void findsNothingInDocumentsThatSayTheSame() {
        assertThat(between("a: 1\nb: [2]\n", "b: [ 2 ]\na: 1 # as before\n")).isEmpty();
    }

    @Test
    void knowsElementsByTheirNamesWhereverTheyStand() {
        var changes = between(
                "routes: [ { name: a, service: s }, { name: b, service: s } ]\n",
                "routes: [ { name: new, service: s }, { name: a, service: s }, { name: b, service: t } ]\n");

        assertThat(shown(changes))
                .containsExactly(
                        "ADDED /routes/0  -> {\"name\":\"new\",\"service\":\"s\"}",
                        "CHANGED /routes/2/service \"s\" -> \"t\"");
    }

    @Test
    void seesThatFiltersHaveTradedPlaces() {
        var changes =
                between("filters: [ { plugin: a }, { plugin: b } ]\n", "filters: [ { plugin: b }, { plugin: a } ]\n");

        assertThat(changes)
                .extracting(DocumentChange::pointer)
                .containsExactly("/filters/0/plugin", "/filters/1/plugin");
    }

    @Test
    void seesThatASecretHasChangedWithoutShowingIt() {
        var changes = between(
                "consumers: [ { name: alice, credentials: { key-auth: { key: first, id: 1 } } } ]\n",
                "consumers: [ { name: alice, credentials: { key-auth: { key: second, id: 1 } } } ]\n");

        assertThat(shown(changes)).containsExactly("CHANGED /consumers/0/credentials/key-auth/key \"***\" -> \"***\"");
    }

    @Test
    void showsNoSecretOfAnElementThatIsNew() {
        var changes = between("a: 1\n", "a: 1\nconsumers: [ { name: alice, credentials: { k: { key: first } } } ]\n");

        assertThat(shown(changes).toString()).contains("***").doesNotContain("first");
    }

    @Test
    void pointsToTheOlderDocumentForWhatIsGone() {
        var changes = between("l: [ { name: a }, { name: b } ]\n", "l: [ { name: b } ]\n");

        assertThat(changes).singleElement().satisfies(change -> {
            assertThat(change.kind()).isEqualTo(Kind.REMOVED);
            assertThat(change.pointer()).isEqualTo("/l/0");
        });
    }

    private static List<DocumentChange> between(String older, String newer) {
        return DocumentDiff.between(Documents.tree(older), Documents.tree(newer));
    }

    private static List<String> shown(List<DocumentChange> changes) {
        return changes.stream()
                .map(change -> change.kind() + " " + change.pointer() + " "
                        + change.from().map(Object::toString).orElse("") + " -> "
                        + change.to().map(Object::toString).orElse(""))
                .toList();
    }
}
