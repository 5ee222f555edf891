package dev.jarway.runtime.forwarding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code Forwarded} (RFC 7239 section 4): what one proxy has added. It is a little more lenient than the grammar,
 * since blanks around semicolons, and colons without quotes, are common.
 */
final class ForwardedElement {
    private final String text;
    private final Map<String, String> values = new HashMap<>();
    private int at;

    private ForwardedElement(String text) {
        this.text = text;
    }

    /**
     * Those of a field, the last first. They are told apart from the end, since each proxy adds one there: what a client has begun
     * with, such as a quote that does not end, changes nothing about those behind it.
     */
    static List<String> lastFirst(List<String> lines) {
        List<String> elements = new ArrayList<>();
        for (String line : lines.reversed()) {
            int end = line.length();
            boolean quoted = false;
            for (int i = end - 1; i >= 0; i--) {
                char c = line.charAt(i);
                if (c == '"') {
                    quoted = !quoted || isEscaped(line, i);
                } else if (c == ',' && !quoted) {
                    add(elements, line.substring(i + 1, end));
                    end = i;
                }
            }
            add(elements, line.substring(0, end));
        }
        return elements;
    }

    private static void add(List<String> elements, String text) {
        if (!text.isBlank()) {
            elements.add(text.strip());
        }
    }

    private static boolean isEscaped(String line, int quote) {
        int slashes = 0;
        while (quote - slashes > 0 && line.charAt(quote - slashes - 1) == '\\') {
            slashes++;
        }
        return slashes % 2 == 1;
    }

    /** What is said there; empty if it cannot be read. */
    static Optional<Hop> parse(String text) {
        ForwardedElement element = new ForwardedElement(text);
        if (!element.readPairs()) {
            return Optional.empty();
        }
        Map<String, String> values = element.values;
        return Optional.of(Hop.of(values.get("for"), values.get("proto"), values.get("host"), null));
    }

    private boolean readPairs() {
        while (true) {
            skipBlanks();
            if (at < text.length() && text.charAt(at) != ';' && !readPair()) {
                return false;
            }
            skipBlanks();
            if (at == text.length()) {
                return true;
            }
            if (text.charAt(at++) != ';') {
                return false;
            }
        }
    }

    /** None stands there twice: which one would be meant? */
    private boolean readPair() {
        int equals = text.indexOf('=', at);
        if (equals < 0) {
            return false;
        }
        String name = text.substring(at, equals).toLowerCase(Locale.ROOT);
        boolean isName = !name.isEmpty()
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_');
        at = equals + 1;
        String value = at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
        return isName && value != null && values.put(name, value) == null;
    }

    private String plain() {
        int from = at;
        while (at < text.length() && "\"; \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private @Nullable String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                c = text.charAt(++at);
            }
            value.append(c);
        }
        return null;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }
}
