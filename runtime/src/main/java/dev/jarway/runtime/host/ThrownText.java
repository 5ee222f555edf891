package dev.jarway.runtime.host;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a plugin threw, as text for the log. The exception itself may not be kept anywhere: its class, and even the frames of
 * its stack, hold the plugin's class loader.
 */
final class ThrownText {
    private static final int MAX_LENGTH = 8_000;

    private ThrownText() {}

    static String of(Throwable thrown) {
        var text = new StringWriter();
        try {
            thrown.printStackTrace(new PrintWriter(text));
        } catch (Throwable e) {
            // The exception's methods are the plugin's code too, and what they throw is no better than what we have.
            text.append(thrown.getClass().getName()).append(" (could not be printed)");
        }
        var whole = text.toString().strip();
        return whole.length() <= MAX_LENGTH ? whole : whole.substring(0, MAX_LENGTH) + "...";
    }
}
