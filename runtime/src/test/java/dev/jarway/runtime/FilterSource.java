package dev.jarway.runtime;

import dev.jarway.loader.testing.PluginJar;

/** Plugins for these tests: one factory each, whose filter has the given methods. */
final class FilterSource {
    private static final String CLASS = "acme.Probe";

    private FilterSource() {}

    /** A plugin whose filters have these methods. They may use {@code config}, {@code context} and {@code exchange}. */
    static PluginJar filter(String id, String version, String methods) {
        return plugin(id, version, "String text", "return exchange -> new Filter() { " + methods + " };", "");
    }

    /** A plugin with that record as configuration, that body of {@code create}, and further members. */
    static PluginJar plugin(String id, String version, String components, String create, String members) {
        return PluginJar.of(id, version)
                .source(CLASS, """
                package acme;
                import dev.jarway.plugin.Action;
                import CONTRACT;
                import CONSTRAINTS;
                public final class Probe implements PluginFactory<Probe.Config> {
                    public record Config(%s) {}
                    @Override public Class<Config> configType() { return Config.class; }
                    @Override public FilterPlugin create(Config config, PluginContext context) throws Exception { %s }
                    %s
                }
                """.replace("CONTRACT", CONTRACT)
                        .replace("CONSTRAINTS", CONSTRAINTS)
                        .formatted(optional(components), create, members))
                .service(CLASS);
    }

    /** Spelt so, because imports of whole packages are not for the house's own sources. */
    private static final String CONTRACT = "dev.jarway.plugin." + '*';

    private static final String CONSTRAINTS = "jakarta.validation.constraints." + '*';

    private static String optional(String components) {
        return components.equals("String text") ? "@Default(\"\") String text" : components;
    }

    /** A plugin that answers every request itself, with a text. */
    static PluginJar answering(String id, String version, String text) {
        return filter(
                id,
                version,
                "@Override public Action onRequestHeaders(Request request) {"
                        + " return Action.respond(LocalResponse.of(200, \"" + text + "\")); }");
    }
}
