package dev.jarway.runtime.config;

import java.util.List;

/** The check that it is clear by what a caller is known. */
final class StickyChecks {
    private static final List<String> KEYS = List.of("header", "cookie", "consumer", "clientAddress");

    private final Findings findings;

    StickyChecks(Findings findings) {
        this.findings = findings;
    }

    void check(Cursor sticky) {
        if (!sticky.node().isObject()) {
            return;
        }
        long given = KEYS.stream()
                .map(key -> sticky.at(key).node())
                .filter(value -> value.isTextual() || value.asBoolean())
                .count();
        if (given != 1) {
            findings.add(sticky, ", with " + given + " keys", "exactly one of " + String.join(", ", KEYS));
        }
        findings.hold(sticky.at("header"), Syntax::token);
        findings.hold(sticky.at("cookie"), Syntax::token);
    }
}
