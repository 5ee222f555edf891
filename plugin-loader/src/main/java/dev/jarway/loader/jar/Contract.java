package dev.jarway.loader.jar;

import dev.jarway.plugin.PluginFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The contract that this gateway has. */
public final class Contract {
    /** The version, such as {@code 1.0.0}. */
    public static final String VERSION = version();

    private Contract() {}

    private static String version() {
        var properties = new Properties();
        try (var in = PluginFactory.class.getResourceAsStream("contract.properties")) {
            properties.load(Objects.requireNonNull(in, "contract.properties"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(properties.getProperty("version"), "version in contract.properties");
    }
}
