package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;
import java.time.Duration;
import java.util.List;

/** A configuration record as a plugin has it. */
public record CollectedConfig(
        String name,
        List<Part> parts,
        Mode mode,
        @Default("[]") List<Mode> others) {
    public CollectedConfig {
        if (name.equals("refused")) {
            throw new Refusal(name);
        }
    }

    /** A record inside. */
    public record Part(Duration time) {}

    /** An enum. */
    public enum Mode {
        SLOW,
        FAST
    }

    /** An exception of the plugin's own. */
    static final class Refusal extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Refusal(String name) {
            super("name: " + name + " (expected: another)");
        }
    }
}
