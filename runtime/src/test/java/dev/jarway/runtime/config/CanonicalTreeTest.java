package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jarway.plugin.Default;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanonicalTreeTest {

    record Inner(@Default("5") int five) {}

    record Config(
            @Default("1s") Duration time,
            @Default("1") double number,
            @Default("[]") List<String> list,
            @Default("[]") Set<String> set,
            @Default("{}") Map<String, Inner> map,
            @Default("{}") Inner inner,
            Optional<String> maybe,
            Optional<JsonNode> tree) {}

    @Test
    void isEqualForTreesThatMeanTheSame() {
        var short_ = canonical("{}");

        assertThat(canonical("""
                        tree: { b: 1, a: 2.50 }
                        inner: { five: 5 }
                        set: []
                        number: 1.0
                        list: []
                        time: 1000ms
                        map: {}
                        """)).isEqualTo(canonical("{ tree: { a: 2.5, b: 1 } }"));
        assertThat(canonical("{ inner: {} }")).isEqualTo(short_);
        assertThat(canonical("{ number: 1e0 }")).isEqualTo(short_);
        assertThat(canonical("{ set: [b, a], map: { y: {}, x: { five: 5 } } }"))
                .isEqualTo(canonical("{ map: { x: {}, y: {} }, set: [a, b] }"));
    }

    @Test
    void differsForTreesThatMeanSomethingElse() {
        var documents = List.of(
                "{}",
                "{ time: 2s }",
                "{ number: 1.5 }",
                "{ list: [a, b] }",
                "{ list: [b, a] }",
                "{ set: [a] }",
                "{ map: { a: {} } }",
                "{ inner: { five: 6 } }",
                "{ maybe: '' }",
                "{ maybe: '1' }",
                "{ tree: '1' }",
                "{ tree: 1 }");

        assertThat(documents.stream().map(CanonicalTreeTest::canonical)).doesNotHaveDuplicates();
    }

    private static String canonical(String yaml) {
        return RecordSchema.of(Config.class).canonical(Documents.tree(yaml));
    }
}
