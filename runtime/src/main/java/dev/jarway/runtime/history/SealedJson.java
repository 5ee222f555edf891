package dev.jarway.runtime.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jarway.runtime.files.AtomicFile;
import dev.jarway.runtime.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON in a file, below a line with its SHA-256: what was torn or altered is not taken for what was written. */
final class SealedJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SEAL = "jarway-sealed-1 ";

    private SealedJson() {}

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** Writes it; when this returns it is there after a crash too. */
    static void write(Path file, ObjectNode content) throws IOException {
        byte[] body = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(content);
        byte[] line = (SEAL + Sha256.of(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] all = new byte[line.length + body.length];
        System.arraycopy(line, 0, all, 0, line.length);
        System.arraycopy(body, 0, all, line.length, body.length);
        AtomicFile.write(file, all);
    }

    /** Reads it, or says what is wrong with it. */
    static ObjectNode read(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        if (!text.startsWith(SEAL) || end < 0) {
            throw new DamagedException(file, "no seal in its first line", "'" + SEAL + "' and a SHA-256");
        }
        String body = text.substring(end + 1);
        String found = Sha256.of(body.getBytes(StandardCharsets.UTF_8));
        if (!text.substring(SEAL.length(), end).equals(found)) {
            throw new DamagedException(file, "the SHA-256 below its first line is " + found, "the one in that line");
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode object) {
                return object;
            }
            throw new DamagedException(file, "no JSON object", "one below the first line");
        } catch (JsonProcessingException e) {
            throw new DamagedException(file, String.valueOf(e.getOriginalMessage()), "JSON below the first line");
        }
    }
}
