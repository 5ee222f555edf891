package dev.jarway.runtime;

import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;
import java.nio.file.Path;

/** JARs of two plugins: {@code user}, which answers every request, with a text that it has from {@code base}. */
final class DependentJars {
    private DependentJars() {}

    /** A configuration whose one route is answered by {@code user}. */
    static String document() {
        return StoppableGateway.document("").replace("{ plugin: probe, config: { text: \"\" } }", "{ plugin: user }");
    }

    /** A version of the plugin that has the text: itself. */
    static PluginJar base(String version) {
        return base(version, "public static String text() { return \"" + version + "\"; }");
    }

    /** One whose users find another class than they were made for. */
    static PluginJar baseWithoutText(String version) {
        return base(version, "");
    }

    /** One whose users get an exception. */
    static PluginJar throwingBase(String version) {
        return base(version, "public static String text() { throw new IllegalStateException(\"no text\"); }");
    }

    private static PluginJar base(String version, String members) {
        return PluginJar.of("base", version)
                .factory(PluginSource.of("acme.base.BaseFactory"))
                .source("acme.base.Base", "package acme.base; public class Base { " + members + " }");
    }

    /** A version of the plugin that answers with its version, and the text that it has found when it was configured. */
    static PluginJar user(String version, Path compiling) {
        return user(version, compiling, "");
    }

    /** One that wants the text as soon as it is loaded. */
    static PluginJar eagerUser(String version, Path compiling) {
        return user(version, compiling, "public Probe() { acme.base.Base.text(); }");
    }

    private static PluginJar user(String version, Path compiling, String members) {
        return FilterSource.plugin(
                        "user",
                        version,
                        "",
                        "String text = acme.base.Base.text(); return exchange -> new Filter() {"
                                + " @Override public Action onRequestHeaders(Request request) {"
                                + " return Action.respond(LocalResponse.of(200, \"" + version + " on \" + text)); } };",
                        members)
                .attribute("Plugin-Dependencies", "base@>=1.0.0")
                .compiledAgainst(base("1.0.0").at(compiling.resolve("compiled-against.jar")));
    }
}
