package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads one YAML document into a JSON tree.
 *
 * <p>It takes the parser's nodes, not its values: so plain words stay text ({@code on}, {@code 1:30}, {@code 2026-01-01}), a
 * key that stands twice is found with its line, and aliases cannot grow the tree beyond bounds.
 */
final class YamlReader {
    static final int DEEPEST = 64;
    private static final int MOST_NODES = 500_000;
    private static final int MOST_BY_ALIASES = 1 << 20;

    // Not which: a password that begins with ! looks like one.
    private static final String TAG = "a tag that does not fit";

    private final List<Problem> problems = new ArrayList<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nodes;
    private long left;

    private YamlReader() {}

    static Checked<JsonNode> read(String text) {
        var reader = new YamlReader();
        reader.left = (long) text.length() + MOST_BY_ALIASES;
        try {
            return reader.document(text);
        } catch (TooLarge e) {
            var expected = "at most " + MOST_NODES + " values, those of aliases included, and " + MOST_BY_ALIASES
                    + " characters by aliases";
            return invalid(new Problem("", "too many values, or too long ones", expected));
        } catch (MarkedYAMLException e) {
            return invalid(SyntaxProblem.of(e.getProblem(), e.getProblemMark(), "YAML"));
        } catch (YAMLException e) {
            return invalid(SyntaxProblem.of(String.valueOf(e.getMessage()), null, "YAML"));
        } catch (NumberFormatException e) {
            // SnakeYAML's scanner reads an escape's digits without looking whether the document goes on.
            return invalid(SyntaxProblem.of("the document ends in an escape (\\x, \\u or \\U)", null, "YAML"));
        }
    }

    private Checked<JsonNode> document(String text) {
        var options = new LoaderOptions();
        options.setCodePointLimit(ConfigDocument.MOST_BYTES);
        options.setNestingDepthLimit(DEEPEST);
        // The count of values below holds aliases down. Tags make no objects here; they are refused below, unprinted.
        options.setMaxAliasesForCollections(MOST_NODES);
        options.setTagInspector(tag -> true);
        var parser = new ParserImpl(new StreamReader(new StringReader(text)), options);
        var composer = new Composer(parser, new YamlTypes(), options);
        if (!composer.checkNode()) {
            return invalid(new Problem("", "an empty document", "a map"));
        }
        var tree = convert(composer.getNode(), "");
        if (composer.checkNode()) {
            problems.add(new Problem("", "a second document", "one document"));
        }
        return problems.isEmpty() ? new Checked.Valid<>(tree) : new Checked.Invalid<>(problems);
    }

    private JsonNode convert(Node node, String at) {
        if (++nodes > MOST_NODES) {
            throw new TooLarge();
        }
        if (!open.add(node)) {
            return wrong(at, node, "an alias of what it stands in", "no circle");
        }
        var converted = switch (node) {
            case ScalarNode scalar -> scalar(scalar, at);
            case SequenceNode list -> list(list, at);
            case MappingNode map -> map(map, at);
            default -> wrong(at, node, "an alias without an anchor", "a value");
        };
        open.remove(node);
        return converted;
    }

    private JsonNode scalar(ScalarNode scalar, String at) {
        count(scalar);
        var value = YamlTypes.value(scalar);
        return value.isMissingNode()
                ? wrong(at, scalar, TAG, "a value without a tag, in quotes if it begins with !")
                : value;
    }

    private JsonNode list(SequenceNode node, String at) {
        requireTag(node, Tag.SEQ, at);
        var list = JsonNodeFactory.instance.arrayNode();
        for (var element : node.getValue()) {
            list.add(convert(element, Pointer.child(at, list.size())));
        }
        return list;
    }

    private JsonNode map(MappingNode node, String at) {
        requireTag(node, Tag.MAP, at);
        var map = JsonNodeFactory.instance.objectNode();
        for (var entry : node.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new Problem(at, "a list or map as a key" + line(entry.getKeyNode()), "text"));
                continue;
            }
            count(key);
            var pointer = Pointer.child(at, key.getValue());
            var value = convert(entry.getValueNode(), pointer);
            if (key.getValue().equals("<<") && key.isPlain()) {
                wrong(at, key, "merge key <<", "the keys themselves, or an alias as a whole value");
            } else if (map.has(key.getValue())) {
                wrong(pointer, key, "a key that stands there already", "each key once");
            } else {
                map.set(key.getValue(), value);
            }
        }
        return map;
    }

    /** An alias repeats a text for the price of its name. Whoever writes the tree down pays for each. */
    private void count(ScalarNode text) {
        left -= text.getValue().length();
        if (left < 0) {
            throw new TooLarge();
        }
    }

    private void requireTag(Node node, Tag tag, String at) {
        if (!node.getTag().equals(tag)) {
            wrong(at, node, TAG, "a value without a tag, in quotes if it begins with !");
        }
    }

    private JsonNode wrong(String at, Node node, String detail, String expected) {
        problems.add(new Problem(at, Wording.shortened(detail) + line(node), expected));
        return JsonNodeFactory.instance.nullNode();
    }

    private static String line(Node node) {
        Mark mark = node.getStartMark();
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ")";
    }

    private static Checked<JsonNode> invalid(Problem problem) {
        return new Checked.Invalid<>(List.of(problem));
    }

    /** Ends the reading of a document that grows beyond bounds. */
    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooLarge() {
            super(null, null, false, false);
        }
    }
}
