package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.Checked;
import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.NotWrittenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An edit of the configuration's file that is not in force: it is wrong, or waits to hold still. A change that overwrites it lays
 * it aside.
 *
 * @param file the configuration's
 * @param inForce what the file says if nobody has edited it
 */
record UntakenEdit(Path file, ConfigDocument inForce) {
    private static final Logger log = LoggerFactory.getLogger(UntakenEdit.class);

    /** Writes it beside the file, hidden, in place of the one before; does nothing if there is none. */
    void layAside() throws NotWrittenException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".overwritten");
        try {
            if (!Files.isRegularFile(file)) {
                return;
            }
            byte[] text = Files.readAllBytes(file);
            if (!isInForce(text)) {
                // For its owner alone, if it is new: there may be secrets in it.
                AtomicFile.write(aside, text);
                log.warn("{} held an edit that was not in force; it is overwritten, and kept as {}", file, aside);
            }
        } catch (IOException e) {
            throw new NotWrittenException(aside, e);
        }
    }

    private boolean isInForce(byte[] text) {
        return ConfigDocument.parse(text, DocumentFormat.of(file)) instanceof Checked.Valid<ConfigDocument> read
                && read.value().tree().equals(inForce.tree());
    }
}
