package dev.jarway.runtime.snapshot;

import dev.jarway.runtime.config.ConfigDocument;
import dev.jarway.runtime.config.DocumentFormat;
import dev.jarway.runtime.files.NotWrittenException;
import dev.jarway.runtime.history.FileSwap;
import dev.jarway.runtime.history.FileSwap.Wanted;
import dev.jarway.runtime.history.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The change of files that goes with a publication, and is taken back if that fails. */
final class Rewrite implements BeforePublication {
    private final History history;
    private final List<Wanted> folder;
    private final Optional<Text> text;
    private @Nullable FileSwap begun;

    /** A document, the file that it belongs in, and what may be lost there. */
    private record Text(Path file, ConfigDocument document, UntakenEdit edit) {}

    private Rewrite(History history, List<Wanted> folder, Optional<Text> text) {
        this.history = history;
        this.folder = List.copyOf(folder);
        this.text = text;
    }

    /** Of files in the drop folder. */
    static Rewrite of(History history, List<Wanted> folder) {
        return new Rewrite(history, folder, Optional.empty());
    }

    /** Of the configuration's file too; an edit of it that is not in force is laid aside. */
    Rewrite and(Path file, ConfigDocument document, ConfigDocument inForce) {
        Path place = file.toAbsolutePath();
        return new Rewrite(history, folder, Optional.of(new Text(place, document, new UntakenEdit(place, inForce))));
    }

    @Override
    public void run() throws IOException {
        List<Wanted> wanted = new ArrayList<>(folder);
        if (text.isPresent()) {
            Path file = text.get().file();
            text.get().edit().layAside();
            byte[] bytes = text.get().document().as(DocumentFormat.of(file)).bytes();
            wanted.add(new Wanted(file, true, Optional.of(keep(bytes))));
        }
        try {
            begun = history.swap(wanted);
            begun.run();
        } catch (IOException e) {
            throw new NotWrittenException(wanted.getFirst().file(), e);
        }
    }

    private String keep(byte[] bytes) throws NotWrittenException {
        try {
            return history.keep(bytes);
        } catch (IOException e) {
            throw new NotWrittenException(history.directory(), e);
        }
    }

    @Override
    public void undo() throws IOException {
        if (begun != null) {
            begun.undo();
        }
    }
}
