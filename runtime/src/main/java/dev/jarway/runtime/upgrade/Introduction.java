package dev.jarway.runtime.upgrade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What a gateway says of itself to whoever connects to its upgrade socket.
 *
 * @param protocol the version of what the two say to each other; it grows when they would misunderstand one another
 * @param process the id of its process
 * @param config the file of its configuration
 * @param plugins its drop folder, unless the configuration names another
 */
public record Introduction(int protocol, long process, String config, String plugins) {
    static final int PROTOCOL = 1;
    private static final JsonMapper JSON = new JsonMapper();

    /** Of this process. */
    public static Introduction of(Path config, Path plugins) {
        return new Introduction(
                PROTOCOL,
                ProcessHandle.current().pid(),
                config.toAbsolutePath().toString(),
                plugins.toAbsolutePath().toString());
    }

    String toLine() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // A record of numbers and texts.
        }
    }

    static Introduction from(String line) throws IOException {
        Introduction introduction = JSON.readValue(line, Introduction.class);
        if (introduction.protocol() != PROTOCOL) {
            throw new IOException("process " + introduction.process() + " speaks version " + introduction.protocol()
                    + " of the upgrade protocol (expected: " + PROTOCOL + "); stop it and start the new one");
        }
        return introduction;
    }
}
