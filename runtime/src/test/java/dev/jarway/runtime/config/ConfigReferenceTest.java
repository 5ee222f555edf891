package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/config-reference.md to what the gateway takes. */
class ConfigReferenceTest {
    private static final Path REFERENCE = Path.of("..", "docs", "config-reference.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\| (.+?) \\| (.+?) \\| .+ \\|$");
    private static final Pattern BLOCK = Pattern.compile("(?s)```yaml\\n(.*?)```");
    private static final Map<Class<? extends Record>, String> HEADINGS = Map.ofEntries(
            Map.entry(GatewayConfig.class, "## The document"),
            Map.entry(ListenerConfig.class, "## `listeners[]`"),
            Map.entry(TlsConfig.class, "### `tls`"),
            Map.entry(CertificateConfig.class, "#### `tls.certificates[]`"),
            Map.entry(CertificatePluginConfig.class, "#### `tls.plugins[]`"),
            Map.entry(ProxyProtocolConfig.class, "### `proxyProtocol`"),
            Map.entry(ForwardedConfig.class, "### `forwarded`"),
            Map.entry(PathsConfig.class, "### `paths`"),
            Map.entry(FieldsConfig.class, "### `headers`"),
            Map.entry(LimitsConfig.class, "### `limits`"),
            Map.entry(PluginsConfig.class, "## `plugins`"),
            Map.entry(FilterConfig.class, "## `filters[]`"),
            Map.entry(RuleConfig.class, "### `rules[]`"),
            Map.entry(RuleMatch.class, "#### `rules[].match`"),
            Map.entry(StickyConfig.class, "#### `sticky`"),
            Map.entry(SelectConfig.class, "#### `select[]`"),
            Map.entry(SelectMatch.class, "##### `select[].match`"),
            Map.entry(RolloutConfig.class, "### `rollout`"),
            Map.entry(AbortConfig.class, "#### `rollout.abort`"),
            Map.entry(HostConfig.class, "## `hosts[]`"),
            Map.entry(ServiceConfig.class, "## `services[]`"),
            Map.entry(EndpointConfig.class, "### `endpoints[]`"),
            Map.entry(DiscoveryConfig.class, "### `discovery`"),
            Map.entry(UpstreamTlsConfig.class, "### `services[].tls`"),
            Map.entry(DnsConfig.class, "### `dns`"),
            Map.entry(ServiceLimitsConfig.class, "### `services[].limits`"),
            Map.entry(HealthConfig.class, "### `health`"),
            Map.entry(ActiveHealthConfig.class, "#### `health.active`"),
            Map.entry(PassiveHealthConfig.class, "#### `health.passive`"),
            Map.entry(TimeoutsConfig.class, "### `timeouts`"),
            Map.entry(RetriesConfig.class, "### `retries`"),
            Map.entry(HedgeConfig.class, "### `hedge`"),
            Map.entry(RetryBudgetConfig.class, "#### `retries.budget`"),
            Map.entry(RouteConfig.class, "## `routes[]`"),
            Map.entry(RouteLimitsConfig.class, "### `routes[].limits`"),
            Map.entry(AdaptiveConfig.class, "#### `adaptive`"),
            Map.entry(ServiceShareConfig.class, "### `routes[].services[]`"),
            Map.entry(RedirectConfig.class, "### `redirect`"),
            Map.entry(RewriteConfig.class, "### `rewrite`"),
            Map.entry(MirrorConfig.class, "### `mirror`"),
            Map.entry(MatchConfig.class, "### `match`"),
            Map.entry(ConsumerConfig.class, "## `consumers[]`"),
            Map.entry(AdminConfig.class, "## `admin`"),
            Map.entry(DrainConfig.class, "## `drain`"),
            Map.entry(OverloadConfig.class, "## `overload`"),
            Map.entry(AccessLogConfig.class, "## `accessLog`"),
            Map.entry(HistoryConfig.class, "## `history`"));

    private final String text = read();
    private final Shapes shapes = ShapeReader.read(GatewayConfig.class);

    @Test
    void hasASectionForEveryRecord() {
        assertThat(HEADINGS.keySet()).isEqualTo(shapes.records().keySet());
    }

    @Test
    void hasEveryKeyWithItsTypeAndDefaultAndNoOther() {
        assertThat(shapes.records().keySet())
                .allSatisfy(type -> assertThat(rows(type))
                        .as(type.getSimpleName())
                        .isEqualTo(shapes.components(type).stream()
                                .map(ConfigReferenceTest::row)
                                .toList()));
    }

    @Test
    void hasExamplesThatTheGatewayTakes() {
        var references = new References(Map.of("ALICE_KEY", "k"), Path.of(""));
        var examples = examples();

        assertThat(examples).hasSizeGreaterThan(10).allSatisfy(example -> {
            var tree = Documents.tree(example);
            if (!tree.has("listeners")) {
                tree.set(
                        "listeners",
                        Documents.tree("l: [ { name: web, port: 8080 } ]").get("l"));
            }
            var problems = ConfigDocument.of(tree, DocumentFormat.YAML)
                    .load(references)
                    .problems();
            assertThat(problems).isEmpty();
        });
    }

    private List<String> examples() {
        var matcher = BLOCK.matcher(text);
        var examples = new ArrayList<String>();
        while (matcher.find()) {
            examples.add(matcher.group(1));
        }
        return examples;
    }

    private List<String> rows(Class<? extends Record> type) {
        var heading = HEADINGS.get(type) + "\n";
        assertThat(text).containsOnlyOnce("\n" + heading);
        var section = text.substring(text.indexOf("\n" + heading) + heading.length() + 1);
        var end = Pattern.compile("(?m)^#+ ").matcher(section);
        var matcher = ROW.matcher(end.find() ? section.substring(0, end.start()) : section);
        var rows = new LinkedHashMap<String, String>();
        while (matcher.find()) {
            rows.put(matcher.group(1), matcher.group(2) + " | " + matcher.group(3));
        }
        return rows.entrySet().stream()
                .map(row -> row.getKey() + " | " + row.getValue())
                .toList();
    }

    private static String row(Shape.Component component) {
        var standard = component
                .standard()
                .map(value -> "`" + (value.isTextual() ? value.textValue() : value) + "`")
                .orElse(component.required() ? "required" : "none");
        return component.name() + " | " + word(component.type().shape()) + " | " + standard;
    }

    private static String word(Shape shape) {
        return switch (shape) {
            case Shape.Scalar scalar ->
                switch (scalar) {
                    case TEXT, PATH, URI -> "text";
                    case BOOLEAN -> "true or false";
                    case INT, LONG, INTEGER -> "whole number";
                    case DOUBLE, DECIMAL -> "number";
                    case DURATION -> "duration";
                };
            case Shape.Choice choice ->
                choice.constants().stream()
                        .map(constant -> "`" + Shape.Choice.written(constant) + "`")
                        .collect(Collectors.joining(", "));
            case Shape.Sequence sequence -> "list";
            case Shape.Table table -> "map";
            case Shape.Nested nested -> "map";
            case Shape.Tree tree -> "map";
            case Shape.Maybe maybe -> word(maybe.content().shape());
        };
    }

    private static String read() {
        try {
            return Files.readString(REFERENCE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
