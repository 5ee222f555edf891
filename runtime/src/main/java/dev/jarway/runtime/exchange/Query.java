package dev.jarway.runtime.exchange;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a target's query, as most services read them: in the way of a form (URL standard, section 5.1). Nothing
 * makes it fail, and nothing is left out: what a service might read must not get past a route that asks for it. Immutable.
 */
final class Query {
    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** That of a target, in a time that grows as its length does. */
    static Query of(String target) {
        Map<String, List<String>> values = new HashMap<>();
        int question = target.indexOf('?');
        int from = question < 0 ? target.length() : question + 1;
        while (from < target.length()) {
            int and = target.indexOf('&', from);
            int to = and < 0 ? target.length() : and;
            if (to > from) {
                add(values, target.substring(from, to));
            }
            from = to + 1;
        }
        values.replaceAll((name, all) -> List.copyOf(all)); // Once here, not each time that a filter asks.
        return new Query(values);
    }

    private static void add(Map<String, List<String>> values, String parameter) {
        int equals = parameter.indexOf('=');
        String name = equals < 0 ? parameter : parameter.substring(0, equals);
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        values.computeIfAbsent(decoded(name), first -> new ArrayList<>(1)).add(decoded(value));
    }

    /** All values of a parameter, in order. */
    List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The first value of a parameter. */
    Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] octets = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escaped = c == '%' ? escaped(text, i) : -1;
            if (escaped >= 0) {
                octets[length++] = (byte) escaped;
                i += 2;
            } else {
                octets[length++] = (byte) (c == '+' ? ' ' : c); // A target is ASCII.
            }
        }
        return new String(octets, 0, length, StandardCharsets.UTF_8);
    }

    /** The octet that an escape stands for; negative if it is none. */
    private static int escaped(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(percent + 1), 16);
        int low = Character.digit(text.charAt(percent + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
