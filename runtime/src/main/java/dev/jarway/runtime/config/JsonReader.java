package dev.jarway.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** Reads strict JSON into a tree. */
final class JsonReader {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(YamlReader.DEEPEST)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonReader() {}

    static Checked<JsonNode> read(String text) {
        try {
            var tree = MAPPER.readTree(text);
            return tree.isMissingNode()
                    ? new Checked.Invalid<>(List.of(new Problem("", "an empty document", "a map")))
                    : new Checked.Valid<>(tree);
        } catch (JsonProcessingException e) {
            JsonLocation where = e.getLocation();
            var problem = where == null
                    ? SyntaxProblem.of(e.getOriginalMessage(), null, "JSON")
                    : SyntaxProblem.of(e.getOriginalMessage(), where.getLineNr(), where.getColumnNr(), "JSON");
            return new Checked.Invalid<>(List.of(problem));
        } catch (NumberFormatException e) {
            // Jackson lets it through where it cannot make a number of what is one by the grammar.
            return new Checked.Invalid<>(
                    List.of(SyntaxProblem.of("a number whose exponent has too many digits", null, "JSON")));
        }
    }
}
