package dev.jarway.runtime.config;

import dev.jarway.plugin.Secrets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where {@code ${env:NAME}} and {@code ${file:PATH}} lead: an environment, and a directory that relative paths begin at.
 *
 * @param environment the variables
 * @param directory the directory of the document
 */
public record References(Map<String, String> environment, Path directory) implements Secrets {

    public References {
        environment = Map.copyOf(environment);
    }

    /** Those of this process. */
    public static References ofProcess(Path directory) {
        return new References(System.getenv(), directory);
    }

    @Override
    public Optional<String> find(String reference) {
        return Optional.empty();
    }
}
