package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Documents for tests. */
final class Documents {
    private Documents() {}

    static ObjectNode tree(String yaml) {
        return parse(yaml).tree();
    }

    static ConfigDocument parse(String yaml) {
        return ConfigDocument.parse(yaml.getBytes(StandardCharsets.UTF_8), DocumentFormat.YAML)
                .value();
    }

    static Checked<LoadedConfig> load(String yaml) {
        return load(yaml, Map.of());
    }

    static Checked<LoadedConfig> load(String yaml, Map<String, String> environment) {
        return parse(yaml).load(new References(environment, Path.of("")));
    }

    static GatewayConfig config(String yaml) {
        return load(yaml).value().config();
    }

    /** The problems of a document, each as in logs. */
    static List<String> problems(String yaml) {
        return load(yaml).problems().stream().map(Problem::toString).toList();
    }
}
