package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way to write a configuration document down. */
public enum DocumentFormat {
    /** YAML 1.2, core schema: {@code on} and {@code yes} are text. */
    YAML,
    /** JSON, RFC 8259. */
    JSON;

    /** The format of a file: JSON if its name ends in {@code .json}, else YAML. */
    public static DocumentFormat of(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".json") ? JSON : YAML;
    }

    /** The format of a request's body by its {@code Content-Type}; empty if it is neither. */
    public static Optional<DocumentFormat> ofMediaType(String contentType) {
        var type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json" -> Optional.of(JSON);
            case "application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml" -> Optional.of(YAML);
            default -> Optional.empty();
        };
    }

    Checked<ObjectNode> read(String text) {
        var tree = switch (this) {
            case YAML -> YamlReader.read(text);
            case JSON -> JsonReader.read(text);
        };
        return switch (tree) {
            case Checked.Invalid<JsonNode> invalid -> new Checked.Invalid<>(invalid.problems());
            case Checked.Valid<JsonNode> valid -> root(valid.value());
        };
    }

    private static Checked<ObjectNode> root(JsonNode tree) {
        if (!(tree instanceof ObjectNode map)) {
            return new Checked.Invalid<>(List.of(new Problem("", Wording.found(tree, true), "a map")));
        }
        var problems = FormatLimits.find(map);
        return problems.isEmpty() ? new Checked.Valid<>(map) : new Checked.Invalid<>(problems);
    }

    String write(ObjectNode tree) {
        return switch (this) {
            case YAML -> YamlWriter.write(tree);
            case JSON -> tree.toPrettyString() + "\n";
        };
    }
}
