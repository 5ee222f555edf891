package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Texts of all sorts as documents, in both formats: the answer is a document or what is wrong with it, and a document that is
 * written down, in either format, says what it said.
 */
class ConfigFuzzTest {
    private static final String SECRET = "hunter22";
    private static final References REFERENCES = new References(Map.of("SECRET", SECRET), Path.of("nowhere"));

    /** However often aliases repeat them. */
    private static final int MOST_VALUES = 500_000;

    @FuzzTest(maxDuration = "60s")
    @DictionaryEntries({
        "listeners",
        "routes",
        "services",
        "endpoints",
        "filters",
        "plugin: ",
        "config: ",
        "match: ",
        "pathRegex: ",
        "hosts: ",
        "${env:SECRET}",
        "&a ",
        "*a",
        "<<: ",
        "1e999999999",
        "\\ud800",
        "---",
        "!!str ",
        "? "
    })
    void saysWhatItHasRead(byte[] octets) {
        for (DocumentFormat format : DocumentFormat.values()) {
            if (ConfigDocument.parse(octets, format) instanceof Checked.Valid<ConfigDocument> valid) {
                check(valid.value());
            }
        }
    }

    private static void check(ConfigDocument document) {
        ObjectNode tree = document.tree();
        assertThat(values(tree)).isLessThanOrEqualTo(MOST_VALUES);
        for (DocumentFormat format : DocumentFormat.values()) {
            assertThat(again(ConfigDocument.of(tree, format)).tree())
                    .as("written as %s", format)
                    .isEqualTo(tree);
        }
        assertThat(again(document).etag()).isEqualTo(document.etag());
        assertThat(again(ConfigDocument.of(document.shown(), document.format())).tree())
                .isEqualTo(document.shown());

        Checked<LoadedConfig> loaded = document.load(REFERENCES);
        if (!document.text().contains(SECRET)) {
            assertThat(loaded.problems().toString()).doesNotContain(SECRET);
        }
        loaded.problems().forEach(problem -> checkPlace(tree, problem));
        if (loaded instanceof Checked.Valid<LoadedConfig> valid) {
            assertThat(document.as(DocumentFormat.JSON).load(REFERENCES).value().config())
                    .isEqualTo(valid.value().config());
        }
        // Elements of one name, and marks that were there before, are rightly problems. A wrong secret is not.
        if (Redaction.restore(document.shown(), tree) instanceof Checked.Valid<ObjectNode> restored) {
            assertThat(restored.value()).isEqualTo(tree);
        }
    }

    private static ConfigDocument again(ConfigDocument document) {
        return ConfigDocument.parse(document.bytes(), document.format()).value();
    }

    /** What is wrong is in the document, or is missing from a map that is. */
    private static void checkPlace(JsonNode tree, Problem problem) {
        JsonNode place = tree;
        List<String> way = Pointer.segments(problem.pointer());
        for (String key : way.subList(0, Math.max(0, way.size() - 1))) {
            place = place.isArray() ? place.path(Integer.parseInt(key)) : place.path(key);
        }
        assertThat(place.isMissingNode()).as(problem.toString()).isFalse();
        assertThat(problem.detail()).isNotEmpty();
        assertThat(problem.expected()).isNotEmpty();
    }

    private static int values(JsonNode node) {
        int values = 1;
        for (JsonNode child : node) {
            values += values(child);
        }
        return values;
    }
}
