package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a plain word in YAML is: a number, boolean or null where JSON would have one too, else text.
 *
 * <p>That is YAML 1.2 without octal and hexadecimal numbers, infinities and leading zeros. A word that other readers might
 * take for a number stays text, and the schema says so where a number is wanted.
 */
final class YamlTypes extends Resolver {
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,99})");
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][-+]?[0-9]{1,3})?");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, BOOLEAN, "tTfF");
        addImplicitResolver(Tag.INT, INTEGER, "-0123456789");
        addImplicitResolver(Tag.FLOAT, NUMBER, "-0123456789");
        addImplicitResolver(Tag.NULL, NULL, "~nN\0");
        addImplicitResolver(Tag.NULL, Pattern.compile("^$"), null);
    }

    /** The value of a word that stands alone, without quotes. */
    static JsonNode plain(String word) {
        return value(word, new YamlTypes().resolve(NodeId.scalar, word, true));
    }

    /** Whether a number written like this is one in YAML too. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The value of a node; missing if its tag is unknown, or does not fit it. */
    static JsonNode value(ScalarNode node) {
        return value(node.getValue(), node.getTag());
    }

    private static JsonNode value(String text, Tag tag) {
        if (tag.equals(Tag.STR)) {
            return TextNode.valueOf(text);
        }
        if (tag.equals(Tag.BOOL) && BOOLEAN.matcher(text).matches()) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.NULL) && NULL.matcher(text).matches()) {
            return NullNode.instance;
        }
        if (tag.equals(Tag.INT) && INTEGER.matcher(text).matches()) {
            return integer(new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT) && NUMBER.matcher(text).matches()) {
            return DecimalNode.valueOf(new BigDecimal(text));
        }
        return MissingNode.getInstance();
    }

    /** In the smallest node, as the JSON parser has it: equal numbers are equal trees. */
    private static JsonNode integer(BigInteger value) {
        if (value.bitLength() < Integer.SIZE) {
            return JsonNodeFactory.instance.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE
                ? JsonNodeFactory.instance.numberNode(value.longValue())
                : BigIntegerNode.valueOf(value);
    }
}
