package dev.jarway.loader;

import com.github.zafarkhaja.semver.Version;
import dev.jarway.plugin.PluginFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the contract that this host has. */
public final class ContractVersion {
    private static final String RESOURCE = "contract.properties";

    private ContractVersion() {}

    /** The version, such as {@code 1.0.0}. */
    public static String current() {
        Properties properties = new Properties();
        try (InputStream in = PluginFactory.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the contract's JAR has no " + RESOURCE);
            }
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** Whether a plugin that wants this range of versions works here. */
    static boolean satisfies(String range) {
        return range.equals("*") || Version.parse(current()).satisfies(range);
    }
}
