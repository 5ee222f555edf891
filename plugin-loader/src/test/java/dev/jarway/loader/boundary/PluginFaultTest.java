package dev.jarway.loader.boundary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jarway.plugin.PluginIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class PluginFaultTest {
    private static final PluginIdentity PLUGIN = new PluginIdentity("mock-response", "1.2.0", 7);

    @Test
    void namesPluginCallAndException() {
        var fault = PluginFault.threw(PLUGIN, "onRequestHeaders", new IllegalStateException("text"));

        assertThat(fault)
                .hasMessage(
                        "plugin mock-response@1.2.0#7 threw in onRequestHeaders: java.lang.IllegalStateException: text");
        assertThat(fault.identity()).isEqualTo(PLUGIN);
        assertThat(fault.called()).isEqualTo("onRequestHeaders");
    }

    @Test
    void copiesStackCausesAndSuppressed() {
        var thrown = new IllegalStateException("outer", new IllegalArgumentException("inner"));
        thrown.addSuppressed(new UnsupportedOperationException());

        assertThat(printed(PluginFault.threw(PLUGIN, "create", thrown)))
                .contains("Caused by: java.lang.IllegalStateException: outer")
                .contains("Caused by: java.lang.IllegalArgumentException: inner")
                .contains("Suppressed: java.lang.UnsupportedOperationException")
                .contains("at dev.jarway.loader.boundary.PluginFaultTest.copiesStackCausesAndSuppressed");
    }

    @Test
    void holdsNothingThatWasThrown() {
        var thrown = new IllegalStateException(new IllegalArgumentException());

        for (Throwable t = PluginFault.threw(PLUGIN, "create", thrown); t != null; t = t.getCause()) {
            assertThat(t).isInstanceOfAny(PluginFault.class, StandIn.class);
        }
    }

    @Test
    void survivesExceptionsWhoseMethodsFail() {
        assertThat(printed(PluginFault.threw(PLUGIN, "create", new Hostile()))).contains("(its getMessage() failed)");
    }

    @Test
    void survivesExceptionsThatCauseEachOther() {
        var first = new IllegalStateException("first");
        var second = new IllegalStateException("second", first);
        first.initCause(second);

        assertThat(printed(PluginFault.threw(PLUGIN, "create", first)).length()).isLessThan(100_000);
    }

    @Test
    void shortensWhatIsTooLong() {
        var thrown = new IllegalStateException("x".repeat(1_000_000));
        var frame = new StackTraceElement("acme.Probe", "run", "Probe.java", 1);
        var stack = new StackTraceElement[100_000];
        Arrays.fill(stack, frame);
        thrown.setStackTrace(stack);

        var fault = PluginFault.threw(PLUGIN, "create", thrown);

        assertThat(fault.getMessage()).hasSizeLessThan(1_200).endsWith("...");
        assertThat(fault)
                .cause()
                .extracting(Throwable::getStackTrace)
                .satisfies(copied -> assertThat(copied).hasSize(200));
    }

    @Test
    void tellsAWrongAnswer() {
        var fault = PluginFault.wrongAnswer(PLUGIN, "onRequestHeaders", "null", "an Action");

        assertThat(fault)
                .hasMessage("plugin mock-response@1.2.0#7 answered null in onRequestHeaders (expected: an Action)")
                .hasNoCause();
    }

    private static String printed(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    /** Fails whatever it is asked. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new StackOverflowError();
        }

        @Override
        public String toString() {
            throw this;
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException();
        }

        @Override
        @SuppressWarnings("NullAway") // hostile
        public StackTraceElement[] getStackTrace() {
            return null;
        }
    }
}
