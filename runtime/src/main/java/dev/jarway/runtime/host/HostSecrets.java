package dev.jarway.runtime.host;

import dev.jarway.plugin.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Secrets of the gateway's environment and of files. Nothing is kept, and no message shows a value. */
final class HostSecrets implements Secrets {
    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 1024 * 1024;

    private final Lifetime lifetime;
    private final Map<String, String> environment;

    HostSecrets(Lifetime lifetime, Map<String, String> environment) {
        this.lifetime = lifetime;
        this.environment = environment;
    }

    @Override
    public Optional<String> find(String reference) {
        lifetime.check();
        if (reference.startsWith(ENVIRONMENT)) {
            return Optional.ofNullable(environment.get(reference.substring(ENVIRONMENT.length())));
        }
        if (reference.startsWith(FILE)) {
            return read(Path.of(reference.substring(FILE.length())));
        }
        // Not shown: who forgets the prefix may have put the secret itself here.
        throw new IllegalArgumentException(
                "secret reference: neither of the two kinds (expected: env:NAME or file:PATH)");
    }

    private static Optional<String> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("over " + MAX_BYTES + " bytes (expected: a secret)");
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Optional.of(withoutLineBreak(text.toString()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("secret file " + file + ": " + e.getMessage(), e);
        }
    }

    private static String withoutLineBreak(String text) {
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
