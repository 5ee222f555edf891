package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.emitter.Emitter;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;
import org.yaml.snakeyaml.serializer.Serializer;

/** Writes a JSON tree as YAML. Text that any reader might take for something else is quoted. */
final class YamlWriter {
    /**
     * What is not itself when it is read as it is: at the beginning of a file, a byte order mark is left out, and YAML 1.1 takes
     * the others for ends of lines, of which SnakeYAML adds and removes some.
     */
    private static final Pattern ESCAPED = Pattern.compile("[\\x{FEFF}\\x{85}\\x{2028}\\x{2029}]");

    private YamlWriter() {}

    static String write(JsonNode tree) {
        var options = new DumperOptions();
        options.setWidth(120);
        options.setSplitLines(false);
        options.setIndent(2);
        options.setIndicatorIndent(2);
        options.setIndentWithIndicator(true);
        var text = new StringWriter();
        // This resolver knows YAML 1.1, where more words have to be quoted than our own reader asks for.
        var serializer = new Serializer(new Emitter(text, options), new Resolver(), options, null);
        try {
            serializer.open();
            serializer.serialize(node(tree));
            serializer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static Node node(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> {
                List<NodeTuple> entries = new ArrayList<>();
                value.properties()
                        .forEach(entry ->
                                entries.add(new NodeTuple(scalar(Tag.STR, entry.getKey()), node(entry.getValue()))));
                yield new MappingNode(Tag.MAP, entries, value.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
            }
            case ARRAY -> {
                List<Node> elements = new ArrayList<>();
                value.forEach(element -> elements.add(node(element)));
                yield new SequenceNode(Tag.SEQ, elements, value.isEmpty() ? FlowStyle.FLOW : FlowStyle.BLOCK);
            }
            case BOOLEAN -> scalar(Tag.BOOL, value.asText());
            case NUMBER ->
                value.isIntegralNumber()
                        ? scalar(Tag.INT, value.asText())
                        : scalar(Tag.FLOAT, withPoint(value.decimalValue().toString()));
            case NULL, MISSING -> scalar(Tag.NULL, "null");
            case STRING, BINARY, POJO -> scalar(Tag.STR, value.asText());
        };
    }

    /** YAML 1.1 has no number with an exponent and without a point. */
    private static String withPoint(String number) {
        return number.contains(".") ? number : number.replaceFirst("(?=E|$)", ".0");
    }

    private static Node scalar(Tag tag, String text) {
        ScalarStyle style = ESCAPED.matcher(text).find() ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
        return new ScalarNode(tag, text, null, null, style);
    }
}
