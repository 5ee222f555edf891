package dev.jarway.runtime;

import dev.jarway.runtime.StartException.Kind;
import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.config.LoadedConfig;
import dev.jarway.runtime.config.References;
import dev.jarway.runtime.history.History;
import dev.jarway.runtime.history.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file with the configuration that a gateway starts with. */
final class FirstConfig {
    private static final Logger log = LoggerFactory.getLogger(FirstConfig.class);

    private final Path file;
    private final References references;

    /** What stands in this file, and refers to these. */
    FirstConfig(Path file, References references) {
        this.file = file;
        this.references = references;
    }

    /** Its bytes. */
    byte[] content() throws StartException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw StartException.files("config " + file + " cannot be read: " + e, e);
        }
    }

    /** What the file says; if that is wrong, the last that was in force. It tells where the drop folder is. */
    LoadedConfig load(byte[] content, History history) throws StartException {
        Checked<LoadedConfig> loaded = switch (ConfigDocument.parse(content, DocumentFormat.of(file))) {
            case Checked.Invalid<ConfigDocument> invalid -> new Checked.Invalid<>(invalid.problems());
            case Checked.Valid<ConfigDocument> valid -> valid.value().load(references);
        };
        if (loaded instanceof Checked.Valid<LoadedConfig> valid) {
            return valid.value();
        }
        for (Revision revision : history.revisionsOf(file)) {
            try {
                Checked<LoadedConfig> last = history.document(revision).load(references);
                if (last instanceof Checked.Valid<LoadedConfig> valid) {
                    return valid.value();
                }
            } catch (IOException e) {
                log.error("Revision {} cannot be read: {}", revision.number(), e.getMessage());
            }
        }
        throw new StartException(Kind.CONFIG, "config " + file + " is wrong", loaded.problems());
    }
}
