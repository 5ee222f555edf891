package dev.jarway.loader.testing;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The source text of a factory, and of whatever a test wants in it. The class also is a {@code Function<String, Object>}, so
 * that a test can run code in the plugin by JDK types alone.
 *
 * <pre>{@code
 * PluginSource.of("acme.Probe").applying("return getClass().getClassLoader().toString();").text()
 * }</pre>
 */
public record PluginSource(String className, String members, String construction, String application, String creation) {

    private static final String IMPORTS = Stream.of("dev.jarway.plugin", "java.util")
            .map(imported -> "import " + imported + ".*;")
            .collect(Collectors.joining());

    /** A factory that makes a filter which does nothing. */
    public static PluginSource of(String className) {
        return new PluginSource(className, "", "", "return input;", "return exchange -> new Filter() {};");
    }

    /** With fields, methods, nested classes or initialisers of its own. */
    public PluginSource with(String moreMembers) {
        return new PluginSource(className, members + moreMembers, construction, application, creation);
    }

    /** With these statements in the constructor. */
    public PluginSource constructing(String statements) {
        return new PluginSource(className, members, statements, application, creation);
    }

    /** With these statements as {@code Object apply(String input) throws Exception}. */
    public PluginSource applying(String statements) {
        return new PluginSource(className, members, construction, statements, creation);
    }

    /** With these statements as {@code FilterPlugin create(Config config, PluginContext context) throws Exception}. */
    public PluginSource creating(String statements) {
        return new PluginSource(className, members, construction, application, statements);
    }

    /** The whole source file. */
    public String text() {
        int dot = className.lastIndexOf('.');
        String name = className.substring(dot + 1);
        return """
                package %s;
                %s
                public final class %s implements PluginFactory<%s.Config>, java.util.function.Function<String, Object> {
                    public record Config() {}
                    %s
                    public %s() { %s }
                    @Override public Class<Config> configType() { return Config.class; }
                    @Override public FilterPlugin create(Config config, PluginContext context) throws Exception { %s }
                    @Override public Object apply(String input) {
                        try { return tried(input); } catch (Exception e) { throw PluginSourceThrow.asIs(e); }
                    }
                    private Object tried(String input) throws Exception { %s }
                    private static final class PluginSourceThrow {
                        @SuppressWarnings("unchecked")
                        static <E extends Exception> RuntimeException asIs(Exception e) throws E { throw (E) e; }
                    }
                }
                """.formatted(
                className.substring(0, dot), IMPORTS, name, name, members, name, construction, creation, application);
    }
}
