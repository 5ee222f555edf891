package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is written, the answer is a configuration or a list of problems, never an exception. */
class DocumentFuzzTest {
    private static final References NOWHERE = new References(Map.of("SECRET", "hunter22"), Path.of(""));
    private static final String DOCUMENT = """
            listeners: [ { name: web, host: 127.0.0.1, port: 8080 } ]
            plugins: { directory: plugins, createTimeout: 1s }
            filters: [ { plugin: log }, { plugin: mock@1.2.0, name: x, config: { key: "${env:SECRET}", list: [ { a: 1 } ] } } ]
            hosts: [ { name: "*.example.com", filters: [ { plugin: log, enabled: false } ] } ]
            services: [ { name: orders, endpoints: [ { url: "http://10.0.0.7:8443", weight: 2 } ], timeouts: { idle: 5m } } ]
            routes:
              - name: orders
                match: { hosts: [www.example.com], path: "/orders/{id}/**", methods: [GET], headers: { x: "~a+" }, query: { p: "*" } }
                service: orders
                filters: [ { plugin: m, rules: [ { match: { hosts: ["*"], routes: [ord*] }, config: { token: t } } ] } ]
            consumers: [ { name: alice, credentials: { key-auth: { key: "${env:SECRET}" } } } ]
            admin: { port: 9999 }
            """;
    private static final List<String> TEXTS = List.of(
            "",
            "*",
            "***",
            "${env:SECRET}",
            "${",
            "$${",
            "web",
            "/a/**",
            "~(",
            "-1s",
            "log",
            "a@b",
            "\u0000",
            "x y",
            "5s");

    @Test
    void checksWhateverTreeItIsGiven() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var tree = Documents.tree(DOCUMENT);
            for (int i = 0; i <= random.nextInt(4); i++) {
                mutate(random, tree);
            }

            var problems =
                    ConfigDocument.of(tree, DocumentFormat.JSON).load(NOWHERE).problems();

            assertThat(problems.toString()).as("seed %d", seed).doesNotContain("hunter22");
        }
    }

    @Test
    void givesBackNoSecretToTheWrongPlace() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var tree = Documents.tree(DOCUMENT);
            var old = tree.deepCopy();
            mutate(random, tree);

            var restored = Redaction.restore(Redaction.redact(tree), tree);
            Redaction.restore(Redaction.redact(tree), old);

            // Elements with the same name, or a *** that was there before, are rightly problems. A wrong secret is not.
            if (restored instanceof Checked.Valid<ObjectNode> valid) {
                assertThat(valid.value()).as("seed %d", seed).isEqualTo(tree);
            }
        }
    }

    @Test
    void readsWhateverTextItIsGiven() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var bytes = DOCUMENT.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= random.nextInt(5); i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(-128, 128);
            }

            for (var format : DocumentFormat.values()) {
                assertThat(ConfigDocument.parse(bytes, format))
                        .as("seed %d", seed)
                        .isNotNull();
            }
        }
    }

    private static void mutate(Random random, ObjectNode tree) {
        var containers = new ArrayList<JsonNode>();
        collect(tree, containers);
        var container = containers.get(random.nextInt(containers.size()));
        if (container instanceof ObjectNode map) {
            var keys = new ArrayList<String>();
            map.fieldNames().forEachRemaining(keys::add);
            keys.add("other");
            var key = keys.get(random.nextInt(keys.size()));
            if (random.nextInt(4) == 0) {
                map.remove(key);
            } else {
                map.set(key, value(random, containers));
            }
        } else if (container instanceof ArrayNode list) {
            list.insert(random.nextInt(list.size() + 1), value(random, containers));
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }

    private static JsonNode value(Random random, List<JsonNode> containers) {
        var nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(7)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextInt(-2, 70_000));
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.arrayNode();
            case 4 -> containers.get(random.nextInt(containers.size())).deepCopy();
            default -> nodes.textNode(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }
}
