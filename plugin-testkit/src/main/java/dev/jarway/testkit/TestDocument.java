package dev.jarway.testkit;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The configuration document of a test: what the test says, and what it leaves out in the usual way. */
final class TestDocument {
    /** The variable that the address of the service behind the gateway stands in. */
    static final String UPSTREAM = "UPSTREAM";

    private static final Map<String, String> USUAL = new TreeMap<>(Map.of(
            "listeners", "listeners: [{ name: web, host: 127.0.0.1, port: 0 }]\n",
            "admin", "admin: { port: 0 }\n",
            "services", "services: [{ name: upstream, endpoints: [{ url: \"${env:" + UPSTREAM + "}\" }] }]\n",
            "routes", "routes: [{ name: test, service: upstream }]\n"));

    private TestDocument() {}

    /** A document with these elements. Of listeners, admin, services and routes, those that are missing are added. */
    static String of(String yaml) {
        var text = new StringBuilder(yaml.stripTrailing()).append('\n');
        USUAL.forEach((key, line) -> {
            if (!Pattern.compile("^" + key + " *:", Pattern.MULTILINE)
                    .matcher(yaml)
                    .find()) {
                text.append(line);
            }
        });
        return text.toString();
    }

    /** A document whose one route has these filters. */
    static String ofFilters(String yaml) {
        return of("routes:\n  - name: test\n    service: upstream\n    filters:\n"
                + yaml.stripTrailing().indent(6));
    }

    /** A document in which there is no plugin. */
    static String empty() {
        return of("");
    }
}
