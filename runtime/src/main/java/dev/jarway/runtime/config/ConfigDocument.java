package dev.jarway.runtime.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.NotWrittenException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;

/** One revision of the configuration document, as it was written: references are not resolved in it. */
public final class ConfigDocument {
    static final int MOST_BYTES = 16 * 1024 * 1024;

    private static final RecordSchema<GatewayConfig> SCHEMA = RecordSchema.own(GatewayConfig.class);

    private final String text;
    private final DocumentFormat format;
    private final ObjectNode tree;

    private ConfigDocument(String text, DocumentFormat format, ObjectNode tree) {
        this.text = text;
        this.format = format;
        this.tree = tree;
    }

    /** The published schema of the document. */
    public static RecordSchema<GatewayConfig> schema() {
        return SCHEMA;
    }

    /** Reads a file; its name tells the format. */
    public static Checked<ConfigDocument> read(Path file) throws IOException {
        return parse(Files.readAllBytes(file), DocumentFormat.of(file));
    }

    /** Reads text in UTF-8. Says what is wrong with the syntax; {@link #load} checks the content. */
    public static Checked<ConfigDocument> parse(byte[] bytes, DocumentFormat format) {
        if (bytes.length > MOST_BYTES) {
            return invalid(new Problem("", bytes.length + " bytes", "at most " + MOST_BYTES));
        }
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            var plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return switch (format.read(plain)) {
                case Checked.Invalid<ObjectNode> invalid -> new Checked.Invalid<>(invalid.problems());
                case Checked.Valid<ObjectNode> valid ->
                    new Checked.Valid<>(new ConfigDocument(plain, format, valid.value()));
            };
        } catch (CharacterCodingException e) {
            return invalid(new Problem("", "bytes that are no text", "text in UTF-8"));
        }
    }

    /** Writes a tree down. */
    public static ConfigDocument of(ObjectNode tree, DocumentFormat format) {
        return new ConfigDocument(format.write(tree), format, tree.deepCopy());
    }

    /** Resolves references, checks everything, and makes the records. All problems are reported at once. */
    public Checked<LoadedConfig> load(References references) {
        var resolved = ResolvedTree.of(tree, references);
        var bound = SCHEMA.bind(resolved.tree(), "", resolved.hidden());
        var problems = new ArrayList<>(resolved.problems());
        addNew(problems, bound.problems());
        addNew(problems, GatewayChecks.find(resolved.tree(), resolved.hidden()));
        return problems.isEmpty()
                ? new Checked.Valid<>(new LoadedConfig(this, bound.value(), resolved.hidden()))
                : new Checked.Invalid<>(problems);
    }

    /** A place that has a problem already gets no second one: that would follow from the first. */
    private static void addNew(List<Problem> problems, List<Problem> found) {
        var known = new HashSet<String>();
        problems.forEach(problem -> known.add(problem.pointer()));
        found.stream().filter(problem -> !known.contains(problem.pointer())).forEach(problems::add);
    }

    private static <T> Checked<T> invalid(Problem problem) {
        return new Checked.Invalid<>(List.of(problem));
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
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest((format + "\n" + text).getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(hash) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: every JDK has it)", e);
        }
    }

    /** This document in another format; the same one if it has that already. */
    public ConfigDocument as(DocumentFormat other) {
        return other == format ? this : of(tree, other);
    }

    /** The text, in UTF-8. */
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Puts the document in place of a file, in the format of the file's name, whole or not at all. */
    public void writeTo(Path file) throws NotWrittenException {
        try {
            AtomicFile.write(file, as(DocumentFormat.of(file)).bytes());
        } catch (IOException e) {
            throw new NotWrittenException(file, e);
        }
    }
}
