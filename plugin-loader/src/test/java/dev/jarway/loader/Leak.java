package dev.jarway.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.loader.holder.Holding;
import dev.jarway.loader.holder.LeakReport;
import dev.jarway.loader.testing.PluginJar;
import dev.jarway.loader.testing.PluginSource;

/**
 * One way of leaking: what a plugin does, and what has to become of it.
 *
 * @param name in the table
 * @param expected what has to become of it
 * @param kind the kind of holding that has to be reported; empty if none
 * @param detail a part of what has to be said of it
 * @param statements the plugin's code. It may set {@code undo} to what ends the leak
 */
record Leak(String name, Expected expected, String kind, String detail, String statements) {

    /** What has to become of a closed plugin that has leaked. */
    enum Expected {
        /** It is let go of before the plugin is closed, and the report says so. */
        CLEANED,
        /** It holds nothing, or lets go by itself. */
        HARMLESS,
        /** The plugin is a zombie, and the report names what holds it. */
        NAMED,
        /** The plugin is a zombie, and only a heap dump can tell why. */
        IN_THE_HEAP
    }

    /** Members that the statements may use. */
    private static final String MEMBERS = """
        static volatile Runnable undo = () -> {};
        static Object kept;
        static void quietly(java.util.concurrent.Callable<?> call) { try { call.call(); } catch (Exception e) {} }
        static Object host() { return System.getProperties().get("zoo.host"); }
        interface Mine {}
        public interface BeanMBean { int getX(); }
        public static class Bean implements BeanMBean, java.io.Serializable { public int getX() { return 1; } }
        public static class Editor extends java.beans.PropertyEditorSupport {}
        public static class Words extends ListResourceBundle {
            protected Object[][] getContents() { return new Object[][] {{"a", "b"}}; }
        }
        static class Handling extends java.util.logging.Handler {
            public void publish(java.util.logging.LogRecord record) {}
            public void flush() {}
            public void close() {}
        }
        static class Louder extends java.util.logging.Level { Louder() { super("LOUDER", 1_001); } }
        """;

    static Leak cleaned(String name, String kind, String detail, String statements) {
        return new Leak(name, Expected.CLEANED, kind, detail, statements);
    }

    static Leak harmless(String name, String statements) {
        return new Leak(name, Expected.HARMLESS, "", "", statements);
    }

    static Leak named(String name, String kind, String detail, String statements) {
        return new Leak(name, Expected.NAMED, kind, detail, statements);
    }

    static Leak inTheHeap(String name, String detail, String statements) {
        return new Leak(name, Expected.IN_THE_HEAP, "", detail, statements);
    }

    /** A plugin that leaks when it is applied, and answers a weak reference to its {@code undo}. */
    PluginJar plugin() {
        return PluginJar.of("leak", "1.0.0")
                .factory(PluginSource.of("acme.Leak")
                        .applying(statements + "\nreturn new java.lang.ref.WeakReference<Runnable>(undo);")
                        .with(MEMBERS));
    }

    boolean makesAZombie() {
        return expected == Expected.NAMED || expected == Expected.IN_THE_HEAP;
    }

    /** Fails unless this is what has become of it. */
    void verify(GenerationState end, LeakReport report) {
        assertThat(end)
                .as(report::toString)
                .isEqualTo(makesAZombie() ? GenerationState.ZOMBIE : GenerationState.COLLECTED);
        switch (expected) {
            case CLEANED -> assertThat(report.cleaned()).anySatisfy(this::isExpected);
            case NAMED -> assertThat(report.holders()).anySatisfy(this::isExpected);
            case HARMLESS, IN_THE_HEAP -> assertThat(report.holders()).isEmpty();
        }
        assertThat(report.notSearched()).isEmpty();
    }

    private void isExpected(Holding holding) {
        assertThat(holding.kind()).isEqualTo(kind);
        assertThat(holding.detail()).contains(detail);
    }

    @Override
    public String toString() {
        return name;
    }
}
