package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jarway.plugin.Default;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordSchemaTest {

    enum Mode {
        FAIL_FAST,
        QUEUE
    }

    record Window(
            @Positive Duration length,
            @Default("10") @Min(1) int burst) {}

    record Everything(
            String text,
            boolean flag,
            int whole,
            Long large,
            double real,
            BigDecimal exact,
            BigInteger huge,
            Duration time,
            URI address,
            Path file,
            Mode mode,
            Window window,
            List<String> list,
            Set<Integer> set,
            Map<String, Window> map,
            Optional<String> maybe) {}

    record Defaults(
            @Default("hello") String text,
            @Default("true") boolean flag,
            @Default("7") int whole,
            @Default("0.5") double real,
            @Default("2h") Duration time,
            @Default("fail-fast") Mode mode,
            @Default("{\"length\": \"1s\"}") Window window,
            @Default("[\"a\"]") List<String> list,
            @Default("[]") Set<String> set,
            @Default("{}") Map<String, Integer> map,
            Optional<Window> maybe) {}

    @Test
    void bindsEveryTypeThatIsSupported() {
        var tree = Documents.tree("""
                text: "on"
                flag: true
                whole: -5
                large: 9000000000
                real: 1.5
                exact: 0.1
                huge: 123456789012345678901234567890
                time: 500ms
                address: http://example.com/a?b=c
                file: /etc/hosts
                mode: fail-fast
                window: { length: 1m, burst: 3 }
                list: [b, a]
                set: [2, 1]
                map: { one: { length: 1d } }
                maybe: here
                """);

        var bound = bind(Everything.class, tree).value();

        assertThat(bound)
                .isEqualTo(new Everything(
                        "on",
                        true,
                        -5,
                        9_000_000_000L,
                        1.5,
                        new BigDecimal("0.1"),
                        new BigInteger("123456789012345678901234567890"),
                        Duration.ofMillis(500),
                        URI.create("http://example.com/a?b=c"),
                        Path.of("/etc/hosts"),
                        Mode.FAIL_FAST,
                        new Window(Duration.ofMinutes(1), 3),
                        List.of("b", "a"),
                        Set.of(1, 2),
                        Map.of("one", new Window(Duration.ofDays(1), 10)),
                        Optional.of("here")));
    }

    @Test
    void fillsInDefaultsOfEveryType() {
        var bound = bind(Defaults.class, Documents.tree("{}")).value();

        assertThat(bound)
                .isEqualTo(new Defaults(
                        "hello",
                        true,
                        7,
                        0.5,
                        Duration.ofHours(2),
                        Mode.FAIL_FAST,
                        new Window(Duration.ofSeconds(1), 10),
                        List.of("a"),
                        Set.of(),
                        Map.of(),
                        Optional.empty()));
    }

    @Test
    void wantsEveryComponentThatHasNoDefault() {
        assertThat(problems(Window.class, "{}"))
                .containsExactly("/length: missing (expected: a duration such as 500ms, 5s, 1m, 2h or 1d)");
    }

    @Test
    void saysWhatIsWrongWithAValueOfAnotherType() {
        var wrong = """
                text: 5
                flag: yes
                whole: "80"
                large: 1.5
                real: fast
                exact: [1]
                huge: null
                time: 5 seconds
                address: "http://a b"
                file: { a: b }
                mode: FAIL_FAST
                window: 1m
                list: a
                set: [1, 1]
                map: []
                maybe: ~
                """;

        assertThat(problems(Everything.class, wrong))
                .containsExactlyInAnyOrder(
                        "/text: 5 (expected: text)",
                        "/flag: \"yes\" (expected: true or false)",
                        "/whole: \"80\" (expected: a whole number)",
                        "/large: 1.5 (expected: a whole number)",
                        "/real: \"fast\" (expected: a number)",
                        "/exact: a list (expected: a number)",
                        "/huge: null (expected: a whole number; a key without a value is left out)",
                        "/time: \"5 seconds\" (expected: a duration such as 500ms, 5s, 1m, 2h or 1d)",
                        "/address: \"http://a b\" (expected: a URI)",
                        "/file: a map (expected: text)",
                        "/mode: \"FAIL_FAST\" (expected: one of: fail-fast, queue)",
                        "/window: \"1m\" (expected: a map)",
                        "/list: \"a\" (expected: a list)",
                        "/set: a list (expected: no element twice)",
                        "/map: [] (expected: a map)",
                        "/maybe: null (expected: text; a key without a value is left out)");
    }

    @Test
    void takesNoNumberThatDoesNotFit() {
        var tree = Documents.tree("{ whole: 3000000000, large: 9223372036854775808, real: 1e400 }");

        assertThat(bind(Numbers.class, tree).problems().stream().map(Problem::toString))
                .containsExactly(
                        "/whole: 3000000000 (expected: from -2147483648 to 2147483647)",
                        "/large: 9223372036854775808 (expected: from -9223372036854775808 to 9223372036854775807)",
                        "/real: 1E+400 (expected: a number that fits a double)");
    }

    record Numbers(int whole, long large, double real) {}

    record Constrained(
            @NotBlank String blank,
            @NotEmpty String empty,
            @Size(min = 2, max = 3) String sized,
            @Pattern(regexp = "[a-z]+|[0-9]+") String pattern,

            @Pattern(regexp = "[a-z]+", flags = Pattern.Flag.CASE_INSENSITIVE, message = "letters")
            String flags,

            @Min(1) @Max(9) int range,

            @DecimalMin(value = "0.5", inclusive = false) @DecimalMax("1.5")
            double decimals,

            @Size(min = 1) List<@NotBlank String> list,
            Map<String, @Min(1) Integer> map,
            Optional<@Pattern(regexp = "x+") String> maybe,
            Optional<List<@Max(3) Integer>> deep,
            @Size(max = 1) Map<String, List<@NotEmpty String>> deeper) {}

    @Test
    void carriesOutConstraintsHoweverDeepTheyStand() {
        var wrong = """
                blank: "  "
                empty: ""
                sized: abcd
                pattern: ab1
                flags: a b
                range: 10
                decimals: 0.5
                list: [a, ""]
                map: { a: 0 }
                maybe: xyx
                deep: [4]
                deeper: { a: [""], b: [] }
                """;

        assertThat(problems(Constrained.class, wrong))
                .containsExactlyInAnyOrder(
                        "/blank: \"  \" (expected: text that is not blank)",
                        "/empty: \"\" (expected: at least 1 character)",
                        "/sized: \"abcd\" (expected: at most 3 characters)",
                        "/pattern: \"ab1\" (expected: text matching ^(?:[a-z]+|[0-9]+)$)",
                        "/flags: \"a b\" (expected: letters)",
                        "/range: 10 (expected: at most 9)",
                        "/decimals: 0.5 (expected: more than 0.5)",
                        "/list/1: \"\" (expected: text that is not blank)",
                        "/map/a: 0 (expected: at least 1)",
                        "/maybe: \"xyx\" (expected: text matching ^(?:x+)$)",
                        "/deep/0: 4 (expected: at most 3)",
                        "/deeper: a map (expected: at most 1 key)",
                        "/deeper/a/0: \"\" (expected: at least 1 character)");
    }

    @Test
    void takesWhatTheConstraintsAllow() {
        var right = """
                { blank: a, empty: a, sized: abc, pattern: "12", flags: AbC, range: 9, decimals: 1.5, list: [a], map: { a: 1 },
                  maybe: xx, deep: [3], deeper: { a: [b] } }
                """;

        assertThat(problems(Constrained.class, right)).isEmpty();
    }

    @Test
    void publishesWhatItChecks() {
        assertThat(RecordSchema.of(Window.class).json()).isEqualTo(Documents.tree("""
                $schema: https://json-schema.org/draft/2020-12/schema
                title: Window
                type: object
                properties:
                  length: { type: string, format: jarway-duration, pattern: "^([1-9][0-9]{0,11})(ms|s|m|h|d)$" }
                  burst: { type: integer, minimum: 1, default: 10 }
                required: [length]
                additionalProperties: false
                """));
    }

    record Rule(String name, @Default("[]") List<Rule> any) {}

    @Test
    void takesARecordThatContainsItself() {
        var tree = Documents.tree("{ name: a, any: [ { name: b, any: [ { name: c } ] }, { name: 5 } ] }");

        assertThat(problems(Rule.class, tree)).containsExactly("/any/1/name: 5 (expected: text)");
        assertThat(RecordSchema.of(Rule.class)
                        .json()
                        .at("/$defs/Rule/properties/any/items/$ref")
                        .asText())
                .isEqualTo("#/$defs/Rule");
    }

    record Picky(@Min(0) int low, @Min(0) int high) {
        Picky {
            if (low > high) {
                throw new IllegalArgumentException("low: " + low + " (expected: at most high)");
            }
        }
    }

    record Pickies(List<Picky> list) {}

    @Test
    void reportsWhatARecordItselfRefuses() {
        var tree = "list: [ { low: 2, high: 1 }, { low: 1, high: 2 }, { low: 9, high: 8 }, { low: -1, high: -2 } ]";

        assertThat(problems(Pickies.class, tree))
                .containsExactlyInAnyOrder(
                        "/list/0: low: 2 (expected: at most high)",
                        "/list/2: low: 9 (expected: at most high)",
                        "/list/3/low: -1 (expected: at least 0)",
                        "/list/3/high: -2 (expected: at least 0)");
    }

    @Test
    void suggestsTheKeyThatWasMeant() {
        assertThat(problems(Window.class, "{ length: 1s, brust: 3 }"))
                .containsExactly(
                        "/brust: unknown key 'brust', did you mean 'burst'? (expected: one of: length, burst)");
        assertThat(problems(Window.class, "{ length: 1s, other/thing: 3 }"))
                .containsExactly("/other~1thing: unknown key 'other/thing' (expected: one of: length, burst)");
    }

    record Vault(int port, String password, @Size(max = 3) String apiKey) {}

    @Test
    void printsNoSecretAndNothingThatCameOutOfAReference() {
        var hidden = HiddenValues.of(Set.of("/config/port"), List.of("s3cret"));
        var tree = Documents.tree("{ port: s3cret, password: 12345, apiKey: abcd }");

        var problems = RecordSchema.of(Vault.class).check(tree, "/config", hidden);

        assertThat(problems.stream().map(Problem::toString))
                .containsExactlyInAnyOrder(
                        "/config/port: a hidden value (expected: a whole number)",
                        "/config/password: a hidden value (expected: text)",
                        "/config/apiKey: a hidden value (expected: at most 3 characters)");
    }

    record Loud(String word) {
        Loud {
            throw new IllegalArgumentException("I do not like " + word);
        }
    }

    @Test
    void takesSecretsOutOfTheWordsOfARecord() {
        var hidden = HiddenValues.of(Set.of("/word"), List.of("s3cret"));

        var problems = RecordSchema.of(Loud.class).check(Documents.tree("word: s3cret"), "", hidden);

        assertThat(problems).containsExactly(new Problem("", "I do not like ***", "a value that the record accepts"));
    }

    record Login(String user, String password) {
        Login {
            throw new IllegalArgumentException("cannot log " + user + " in with " + password + " (expected: luck)");
        }
    }

    @Test
    void takesSecretsOutOfTheWordsOfARecordByTheirKeysToo() {
        assertThat(problems(Login.class, "{ user: alice, password: s3cret }"))
                .containsExactly("cannot log alice in with *** (expected: luck)");
    }

    @Test
    void namesSomeOfManyKnownWords() {
        var names = IntStream.range(0, 100).mapToObj(i -> "name" + i).toList();

        assertThat(Wording.oneOf(names)).startsWith("one of: name0, name1, ").endsWith(", name19 and 80 more");
    }

    @Test
    void bindsToCollectionsThatCannotBeChanged() {
        var bound = bind(Defaults.class, Documents.tree("{ map: { a: 1 }, set: [a] }"))
                .value();

        assertThat(bound.list()).isUnmodifiable();
        assertThat(bound.set()).isUnmodifiable();
        assertThat(bound.map()).isUnmodifiable();
    }

    record Timestamp(Instant at) {}

    record Generic<X>(X it) {}

    record Raw(Map<Integer, String> map) {}

    record Outer(Generic<String> it) {}

    record Nullable(List<Optional<String>> list) {}

    record Mail(@Email String mail) {}

    record Misplaced(@Min(1) String text) {}

    record Outside(@NotBlank Optional<String> text) {}

    record BadDefault(@Default("many") int number) {}

    record WrongDefault(@Default("0") @Min(1) int number) {}

    record LongDefault(@Default("99999d") Duration time) {}

    record EmptyDefault(@Default("{}") Window window) {}

    record Both(@Default("a") Optional<String> text) {}

    record Endless(@Default("{}") Endless inner) {}

    @Test
    void refusesTypesThatAreNotSupported() {
        assertRefused(Timestamp.class, "component at: java.time.Instant (expected: String, boolean,");
        assertRefused(Outer.class, "component it: ");
        assertRefused(Raw.class, "component map: java.util.Map<java.lang.Integer, java.lang.String> (expected: ");
        assertRefused(Nullable.class, "Optional<java.lang.String> inside another type (expected: Optional outermost)");
        assertRefused(Endless.class, "contains itself by default");
    }

    @Test
    void refusesConstraintsThatItCannotCarryOut() {
        assertRefused(Mail.class, "component mail: @Email (expected: @NotNull, @NotBlank,");
        assertRefused(Misplaced.class, "component text: @Min on a type that it does not apply to (expected: none)");
        assertRefused(Outside.class, "(expected: it inside, as in Optional<@NotBlank ...>)");
    }

    @Test
    void refusesDefaultsThatItWouldNotTakeItself() {
        assertRefused(BadDefault.class, "component number: @Default(\"many\") (expected: JSON)");
        assertRefused(WrongDefault.class, "component number: @Default 0 (expected: at least 1)");
        assertRefused(LongDefault.class, "component time: @Default \"99999d\" (expected: at most 36500d)");
        assertRefused(EmptyDefault.class, "component window: @Default /length: missing");
        assertRefused(Both.class, "component text: Optional and @Default (expected: one of the two)");
    }

    private static void assertRefused(Class<? extends Record> type, String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordSchema.of(type))
                .withMessageContaining(type.getName())
                .withMessageContaining(part);
    }

    private static <T extends Record> Checked<T> bind(Class<T> type, JsonNode tree) {
        return RecordSchema.of(type).bind(tree, "", HiddenValues.byKey());
    }

    private static List<String> problems(Class<? extends Record> type, String yaml) {
        return problems(type, Documents.tree(yaml));
    }

    private static List<String> problems(Class<? extends Record> type, JsonNode tree) {
        return bind(type, tree).problems().stream().map(Problem::toString).toList();
    }
}
