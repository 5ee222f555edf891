package dev.jarway.runtime.cli;

import dev.jarway.runtime.StartException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What runs when no configuration is given: a service that echoes, and a configuration file that leads to it. */
final class Demo implements AutoCloseable {
    private static final String CONFIG = "demo.yaml";

    /** As the configuration says. */
    private static final int SERVICE_PORT = 8081;

    private final Path config;
    private final EchoService echo;

    private Demo(Path config, EchoService echo) {
        this.config = config;
        this.echo = echo;
    }

    /** Starts the service, and writes the configuration into the data directory unless one is there from before. */
    static Demo start(Path data) throws StartException {
        Path file = data.resolve(CONFIG);
        try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream(CONFIG), CONFIG)) {
            Files.createDirectories(data);
            if (!Files.exists(file)) {
                Files.copy(in, file);
            }
        } catch (IOException e) {
            throw StartException.files("the demo's configuration cannot be written to " + file, e);
        }
        try {
            return new Demo(file, EchoService.start(SERVICE_PORT));
        } catch (UncheckedIOException e) {
            throw StartException.address(
                    "the demo's echo service: 127.0.0.1:" + SERVICE_PORT + " cannot be bound: "
                            + Objects.requireNonNull(e.getCause()).getMessage(),
                    e);
        }
    }

    /** Whether that is the demo's configuration. */
    static boolean isConfig(Path data, Path file) {
        return file.equals(data.resolve(CONFIG).toAbsolutePath());
    }

    Path config() {
        return config;
    }

    @Override
    public void close() {
        echo.close();
    }
}
