package dev.jarway.runtime.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.history.Origin.Author;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One state that the gateway was in: a configuration and the plugins beside it. Contents are named by their hashes.
 *
 * @param number from 1, never given twice
 * @param time when it was made
 * @param origin who made it, how and why
 * @param config the configuration
 * @param plugins in the order of their files' names
 */
public record Revision(long number, Instant time, Origin origin, ConfigText config, List<PluginFile> plugins) {
    public Revision {
        plugins = List.copyOf(plugins);
    }

    /** The hashes of all that it needs. */
    Set<String> contents() {
        Set<String> contents = new HashSet<>();
        contents.add(config.sha256());
        plugins.forEach(plugin -> contents.add(plugin.sha256()));
        return contents;
    }

    ObjectNode toJson() {
        ObjectNode json = SealedJson.object();
        json.put("number", number);
        json.put("time", time.toString());
        json.put("author", origin.author().name());
        json.put("source", origin.source());
        json.put("reason", origin.reason());
        json.putObject("config")
                .put("file", config.file())
                .put("format", config.format().name())
                .put("sha256", config.sha256());
        var list = json.putArray("plugins");
        plugins.forEach(plugin -> list.addObject()
                .put("file", plugin.file())
                .put("id", plugin.id())
                .put("version", plugin.version())
                .put("sha256", plugin.sha256())
                .put("kept", plugin.kept()));
        return json;
    }

    /** What {@link #toJson} made; {@link RuntimeException} if this is something else. */
    static Revision of(JsonNode json) {
        List<PluginFile> plugins = new ArrayList<>();
        for (JsonNode plugin : member(json, "plugins")) {
            plugins.add(new PluginFile(
                    text(plugin, "file"),
                    text(plugin, "id"),
                    text(plugin, "version"),
                    text(plugin, "sha256"),
                    member(plugin, "kept").booleanValue()));
        }
        JsonNode config = member(json, "config");
        return new Revision(
                member(json, "number").longValue(),
                Instant.parse(text(json, "time")),
                new Origin(Author.valueOf(text(json, "author")), text(json, "source"), text(json, "reason")),
                new ConfigText(
                        text(config, "file"), DocumentFormat.valueOf(text(config, "format")), text(config, "sha256")),
                plugins);
    }

    private static String text(JsonNode json, String name) {
        return Objects.requireNonNull(member(json, name).textValue(), name);
    }

    private static JsonNode member(JsonNode json, String name) {
        return Objects.requireNonNull(json.get(name), name);
    }
}
