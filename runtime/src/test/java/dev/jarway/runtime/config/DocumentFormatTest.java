package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DocumentFormatTest {
    /** Words that one reader or another takes for something else than text. */
    private static final List<String> HAZARDS = List.of(
            "on",
            "Off",
            "yes",
            "NO",
            "y",
            "true",
            "null",
            "~",
            "",
            " ",
            " a",
            "a ",
            "1",
            "-1",
            "+1",
            "010",
            "0x1F",
            "0o17",
            "1_000",
            "1:30",
            "1.5",
            ".5",
            "1e3",
            "1E+3",
            ".inf",
            ".NaN",
            "2026-01-01",
            "=",
            "<<",
            "a: b",
            "a #b",
            "#a",
            "- a",
            "-",
            "?",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "[a",
            "{a",
            "]",
            "}",
            ",",
            "'",
            "\"",
            "a\nb",
            "a\n",
            "\n",
            "a\tb",
            "\\",
            "ä",
            "\u0007",
            "\u2028",
            "\uD83D\uDE00",
            "${env:A}",
            "$${",
            "***",
            "GET");

    @Test
    void keepsPlainWordsThatAreNoJsonText() {
        var tree = read("""
                { a: on, b: yes, c: off, d: no, e: 1:30, f: 2026-01-01, g: 010, h: 0x1F, i: 1_000, j: .inf, k: =, l: GET,
                  m: +1, n: 0o17 }
                """);

        assertThat(tree.properties())
                .allSatisfy(entry -> assertThat(entry.getValue().isTextual())
                        .as(entry.getKey())
                        .isTrue());
    }

    @Test
    void readsWhatJsonHasTooAsThat() {
        assertThat(
                        read(
                                "{ a: true, b: False, c: 1, d: -2.5, e: 1e3, f: ~, g: null, h: , i: '1', j: \"true\", k: !!str 1 }"))
                .isEqualTo(json(
                        "{\"a\":true,\"b\":false,\"c\":1,\"d\":-2.5,\"e\":1e3,\"f\":null,\"g\":null,\"h\":null,\"i\":\"1\","
                                + "\"j\":\"true\",\"k\":\"1\"}"));
    }

    @Test
    void findsEveryKeyThatStandsTwice() {
        assertThat(problems("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n"))
                .containsExactly(
                        "/b/c: a key that stands there already (line 4) (expected: each key once)",
                        "/a: a key that stands there already (line 5) (expected: each key once)");
        assertThat(jsonProblems("{\"a\": 1,\n \"a\": 2}"))
                .singleElement()
                .asString()
                .contains("line 2")
                .contains("uplicate");
    }

    @Test
    void saysWhereTheSyntaxIsWrong() {
        assertThat(problems("a: 1\nb: [1, 2\nc: 3\n"))
                .singleElement()
                .asString()
                .startsWith("line 3, column 2: ");
        assertThat(problems("a: 1\n\tb: 2\n")).singleElement().asString().startsWith("line 2, column 1: ");
        assertThat(jsonProblems("{\"a\": 1,\n \"b\": }"))
                .singleElement()
                .asString()
                .startsWith("line 2, column 7: ");
        assertThat(jsonProblems("{\"a\": 1} x")).singleElement().asString().startsWith("line 1, column ");
    }

    @Test
    void refusesAnEscapeThatTheDocumentEndsIn() {
        for (var escape : List.of("\\x", "\\u", "\\U")) {
            assertThat(problems("a: \"" + escape))
                    .containsExactly("the document ends in an escape (\\x, \\u or \\U) (expected: YAML)");
        }
        for (var begun : List.of("\\x0", "\\u00", "\\U0000", "\\")) {
            assertThat(problems("a: \"" + begun)).hasSize(1);
        }
    }

    @Test
    void quotesNoSecretsInSyntaxProblems() {
        var documents = List.of(
                "password: *hunter22",
                "password: !hunter22",
                "password: !!hunter22 x",
                "password: 'hunter22",
                "p: \"hunter22",
                "password: @hunter22",
                "password: %hunter22",
                "password: {hunter22",
                "a: b\nhunter22",
                "%hunter22\n---\na: b",
                "a: &hunter22 b\nc: &hunter22",
                "password: hunter22: x",
                "p: `hunter22",
                "p: !h!hunter22 a");

        assertThat(documents)
                .allSatisfy(text -> assertThat(problems(text).toString()).doesNotContain("hunter22"));
        assertThat(List.of("{\"a\": hunter22}", "{\"a\": \"hunter22", "{\"a\": 'hunter22'}", "{\"a\": 1hunter22}"))
                .allSatisfy(text -> assertThat(jsonProblems(text).toString())
                        .contains("expected: JSON")
                        .doesNotContain("hunter22"));
    }

    @Test
    void takesOneMapAndNothingElse() {
        assertThat(problems("")).containsExactly("an empty document (expected: a map)");
        assertThat(problems("# nothing\n")).containsExactly("an empty document (expected: a map)");
        assertThat(problems("- a")).containsExactly("a list (expected: a map)");
        assertThat(problems("hunter22")).containsExactly("a hidden value (expected: a map)");
        assertThat(problems("a: 1\n---\nb: 2\n")).containsExactly("a second document (expected: one document)");
        assertThat(jsonProblems("")).containsExactly("an empty document (expected: a map)");
        assertThat(jsonProblems("[]")).containsExactly("[] (expected: a map)");
    }

    @Test
    void resolvesAliasesButNoTagsAndNoMergeKeys() {
        assertThat(read("a: &x { b: 1 }\nc: *x\nd: [*x]"))
                .isEqualTo(json("{\"a\":{\"b\":1},\"c\":{\"b\":1},\"d\":[{\"b\":1}]}"));
        assertThat(problems("a: !!java.net.URL [http://x]"))
                .containsExactly("/a: a tag that does not fit (line 1)"
                        + " (expected: a value without a tag, in quotes if it begins with !)");
        assertThat(problems("a: &x { b: 1 }\nc: { <<: *x }"))
                .singleElement()
                .asString()
                .startsWith("/c: merge key <<");
        assertThat(problems("a: !!int x")).hasSize(1);
        assertThat(problems("? [a]\n: b")).containsExactly("a list or map as a key (line 1) (expected: text)");
    }

    @Test
    void isNotBlownUpByAliases() {
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
                + IntStream.range(0, 10)
                        .mapToObj(i ->
                                "%c: &%c [%s]%n".formatted('b' + i, 'b' + i, ("*" + (char) ('a' + i) + ",").repeat(10)))
                        .collect(Collectors.joining());

        assertThat(problems(bomb)).singleElement().asString().startsWith("too many values");
        assertThat(problems("a: &a [*a]")).singleElement().asString().contains("alias of what it stands in");
    }

    @Test
    void isNotBlownUpByAliasesOfALongText() {
        var bomb = "a: &a " + "x".repeat(1_000_000) + "\nb: [" + "*a,".repeat(100) + "]";

        assertThat(problems(bomb)).singleElement().asString().startsWith("too many values, or too long ones");
    }

    @Test
    void takesNothingThatOneFormatCannotCarry() {
        assertThat(jsonProblems("{\"a\": [1e1000, -1e-1000], \"b\": " + "9".repeat(200) + "}"))
                .containsExactly(
                        "/a/0: a number beyond measure (expected: at most 99 digits, and three of an exponent)",
                        "/a/1: a number beyond measure (expected: at most 99 digits, and three of an exponent)",
                        "/b: a number beyond measure (expected: at most 99 digits, and three of an exponent)");
        assertThat(jsonProblems("{\"a\": \"\\ud800\"}"))
                .containsExactly("/a: a text with half a character in it (expected: surrogates in pairs)");
        assertThat(problems("a: \"\\ud800\"\n\"\\udc00\": 1"))
                .containsExactly(
                        "/a: a text with half a character in it (expected: surrogates in pairs)",
                        "a key with half a character in it (expected: surrogates in pairs)");
        assertThat(jsonProblems("{\"a\": \"\\ud83d\\ude00\", \"b\": 1e-999}")).isEmpty();
    }

    @Test
    void isNotBlownUpByNesting() {
        assertThat(problems("a: " + "[".repeat(10_000))).hasSize(1);
        assertThat(problems("a: " + "{a: ".repeat(10_000))).hasSize(1);
        assertThat(jsonProblems("{\"a\": " + "[".repeat(10_000))).hasSize(1);
    }

    @Test
    void writesWhatItReadsBack() {
        var tree = JsonNodeFactory.instance.objectNode();
        HAZARDS.forEach(text -> {
            tree.put(text, text);
            tree.withArray("list").add(text);
        });
        tree.put("int", 1).put("long", 5_000_000_000L).put("true", true).putNull("null");
        tree.set("float", json("{\"f\": [1.5, 1e30, -0.25]}"));
        tree.putObject("empty").putArray("list");

        assertThat(DocumentFormat.YAML.read(DocumentFormat.YAML.write(tree)).value())
                .isEqualTo(tree);
        assertThat(DocumentFormat.JSON.read(DocumentFormat.JSON.write(tree)).value())
                .isEqualTo(tree);
    }

    @Test
    void writesYamlThatPeopleWouldWrite() {
        var tree = json(
                "{\"listeners\":[{\"name\":\"web\",\"port\":8080}],\"filters\":[],\"plugins\":{\"closeTimeout\":\"5s\"}}");

        assertThat(DocumentFormat.YAML.write(tree)).isEqualTo("""
                listeners:
                  - name: web
                    port: 8080
                filters: []
                plugins:
                  closeTimeout: 5s
                """);
    }

    @Test
    void goesByNameOrMediaType() {
        assertThat(DocumentFormat.of(Path.of("a/jarway.JSON"))).isEqualTo(DocumentFormat.JSON);
        assertThat(DocumentFormat.of(Path.of("a/jarway.yml"))).isEqualTo(DocumentFormat.YAML);
        assertThat(DocumentFormat.ofMediaType("application/json; charset=utf-8"))
                .contains(DocumentFormat.JSON);
        assertThat(DocumentFormat.ofMediaType("Application/YAML")).contains(DocumentFormat.YAML);
        assertThat(DocumentFormat.ofMediaType("text/html")).isEqualTo(Optional.empty());
    }

    @Test
    void takesUtf8Alone() {
        assertThat(ConfigDocument.parse(new byte[] {'a', ':', (byte) 0xE4}, DocumentFormat.YAML)
                        .problems())
                .containsExactly(new Problem("", "bytes that are no text", "text in UTF-8"));
        assertThat(ConfigDocument.parse("\uFEFFa: ä".getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML)
                        .value()
                        .tree())
                .isEqualTo(json("{\"a\":\"ä\"}"));
    }

    private static ObjectNode read(String yaml) {
        return DocumentFormat.YAML.read(yaml).value();
    }

    private static ObjectNode json(String json) {
        return DocumentFormat.JSON.read(json).value();
    }

    private static List<String> problems(String yaml) {
        return DocumentFormat.YAML.read(yaml).problems().stream()
                .map(Problem::toString)
                .toList();
    }

    private static List<String> jsonProblems(String json) {
        return DocumentFormat.JSON.read(json).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
