package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One revision of the configuration document, as it was written: references are not resolved in it. */
public final class ConfigDocument {
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private final String text;
    private final DocumentFormat format;
    private final ObjectNode tree;

    private ConfigDocument(String text, DocumentFormat format, ObjectNode tree) {
        this.text = text;
        this.format = format;
        this.tree = tree;
    }

    /** Reads a file; its name tells the format. */
    public static Checked<ConfigDocument> read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), DocumentFormat.of(file));
    }

    /** Reads text in UTF-8. Says what is wrong with the syntax; {@link #load} checks the content. */
    public static Checked<ConfigDocument> parse(byte[] bytes, DocumentFormat format) {
        return new Checked.Invalid<>(List.of(new Problem("", bytes.length + " bytes", "none in " + format)));
    }

    /** Writes a tree down. */
    public static ConfigDocument of(ObjectNode tree, DocumentFormat format) {
        return new ConfigDocument(tree.toPrettyString(), format, tree.deepCopy());
    }

    /** Resolves references, checks everything, and makes the records. All problems are reported at once. */
    public Checked<LoadedConfig> load(References references) {
        return new Checked.Invalid<>(List.of(new Problem("", text, references.toString())));
    }

    /** As it was written. */
    public String text() {
        return text;
    }

    /** How it was written. */
    public DocumentFormat format() {
        return format;
    }

    /** What it says; a copy. Secrets that stand in it are there: {@link #shown} is for display. */
    public ObjectNode tree() {
        return tree.deepCopy();
    }

    /** What it says, with {@link Redaction#MARK} in place of secrets. */
    public ObjectNode shown() {
        return Redaction.redact(tree);
    }

    /** The strong entity tag of this text (RFC 9110), quotes included. */
    public String etag() {
        return "\"" + text.hashCode() + "\"";
    }

    /** Puts the document in place of a file, in the format of the file's name, whole or not at all. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, text);
    }
}
