package dev.jarway.loader;

/** Sources of the plugins that these tests load. */
final class Factories {
    private Factories() {}

    /** A factory whose {@code create} runs that code; the result goes out as a system property or an exception. */
    static String creating(String name, String body) {
        return """
                public class %s implements PluginFactory<%s.Config> {
                    public record Config() {}
                    @Override public Class<Config> configType() { return Config.class; }
                    @Override public Plugin create(Config config, PluginContext context) throws Exception {
                        %s
                        return (FilterPlugin) exchange -> new Filter() {};
                    }
                    public static String ask() throws Exception { return null; }
                }
                """.formatted(name, name, body);
    }

    /** A factory with a static method {@code ask()} that returns what that expression gives. */
    static String answering(String name, String expression) {
        return """
                public class %s implements PluginFactory<%s.Config> {
                    public record Config() {}
                    @Override public Class<Config> configType() { return Config.class; }
                    @Override public Plugin create(Config config, PluginContext context) {
                        return (FilterPlugin) exchange -> new Filter() {};
                    }
                    public static Object ask() throws Exception { return %s; }
                }
                """.formatted(name, name, expression);
    }
}
