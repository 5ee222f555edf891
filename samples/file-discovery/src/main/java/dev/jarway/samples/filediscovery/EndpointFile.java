package dev.jarway.samples.filediscovery;

import dev.jarway.plugin.Endpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file of endpoints: one URL a line, and its weight behind it if that is not 1. Empty lines and what follows a {@code #} do not
 * count. Used by one thread at a time.
 */
final class EndpointFile {
    private final Path path;

    /** As it was taken last, taken or refused. */
    private String judged = "";

    /** As it was seen last. */
    private String seen = "";

    EndpointFile(Path path) {
        this.path = path;
    }

    /** What it says now. */
    List<Endpoint> read() throws IOException {
        judged = content();
        seen = judged;
        return parse(judged);
    }

    /** What it says now, if that is something new, and has been so for two looks: what is half written changes in between. */
    Optional<List<Endpoint>> readAgain() throws IOException {
        var content = content();
        boolean still = content.equals(seen);
        seen = content;
        if (!still || content.equals(judged)) {
            return Optional.empty();
        }
        // Also if it is wrong: that is told once.
        judged = content;
        return Optional.of(parse(content));
    }

    private String content() throws IOException {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new IOException(path + ": there is no such file", e);
        }
    }

    private List<Endpoint> parse(String content) throws IOException {
        var endpoints = new ArrayList<Endpoint>();
        int number = 0;
        for (var line : content.lines().toList()) {
            number++;
            var words = line.replaceFirst("#.*", "").strip().split("\\s+", -1);
            if (words[0].isEmpty()) {
                continue;
            }
            try {
                if (words.length > 2) {
                    throw new IllegalArgumentException("more than a URL and a weight");
                }
                endpoints.add(new Endpoint(URI.create(words[0]), words.length == 2 ? Integer.parseInt(words[1]) : 1));
            } catch (IllegalArgumentException e) {
                throw new IOException(path + ", line " + number + ": " + e.getMessage(), e);
            }
        }
        return endpoints;
    }
}
