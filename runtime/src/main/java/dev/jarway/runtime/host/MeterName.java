package dev.jarway.runtime.host;

import io.micrometer.core.instrument.Tags;
import java.util.regex.Pattern;

/** Name and tags of one plugin meter, as the gateway shows them. */
record MeterName(String name, Tags tags) {
    private static final String PREFIX = "jarway_plugin_";
    private static final String PLUGIN_TAG = "plugin";
    private static final Pattern WORDS = Pattern.compile("[a-z][a-z0-9_]*");

    /** @throws IllegalArgumentException if the plugin has not kept to the rules for names and tags */
    static MeterName of(String plugin, String name, String... tags) {
        requireWords("meter name", name);
        if (tags.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "tags of meter '" + name + "': " + tags.length + " (expected: key, value, key, value)");
        }
        for (int i = 0; i < tags.length; i += 2) {
            requireWords("tag of meter '" + name + "'", tags[i]);
            if (tags[i].equals(PLUGIN_TAG)) {
                throw new IllegalArgumentException(
                        "tag of meter '" + name + "': plugin (expected: another key, for that one is the gateway's)");
            }
        }
        return new MeterName(PREFIX + name, Tags.of(tags).and(PLUGIN_TAG, plugin));
    }

    private static void requireWords(String what, String text) {
        if (!WORDS.matcher(text).matches()) {
            throw new IllegalArgumentException(what + ": '" + text + "' (expected: lower case words with underscores)");
        }
    }
}
