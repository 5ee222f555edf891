package dev.jarway.loader.jar;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;

/**
 * A JAR on its way in: copied and hashed in one pass, then checked. The checks look at the copy, so nobody can exchange the
 * file between check and use.
 */
final class IncomingJar {
    static final String LIBRARIES = "lib";
    static final String COPY = "plugin.jar";

    private final Path given;
    private final String name;
    private final JarLimits limits;
    private final Path copy;
    private final Path directory;
    private final PrivateFile files;

    IncomingJar(Path given, Path directory, JarLimits limits, PrivateFile files) {
        this.given = given;
        this.name = String.valueOf(given.getFileName());
        this.limits = limits;
        this.directory = directory;
        this.files = files;
        this.copy = directory.resolve(COPY);
    }

    /** Copies and checks. */
    StoredJar take() throws IOException {
        String sha256 = copy();
        List<Path> libraries = new ArchiveWalk(name, limits, files).walk(copy, directory.resolve(LIBRARIES));
        try (var file = new JarFile(copy.toFile(), false)) {
            return new StoredJar(name, describe(file, libraries, sha256), copy, libraries);
        }
    }

    private PluginDescription describe(JarFile file, List<Path> libraries, String sha256) throws IOException {
        var manifest = manifest(file);
        String id = manifest.id();
        return new PluginDescription(
                id,
                manifest.version(),
                manifest.requires(),
                manifest.dependencies(id),
                manifest.description(),
                manifest.provider(),
                FactoryName.in(name, file, libraries),
                sha256,
                Files.size(copy));
    }

    private PluginManifest manifest(JarFile file) {
        try {
            var manifest = file.getManifest();
            if (manifest != null) {
                return new PluginManifest(name, manifest.getMainAttributes());
            }
        } catch (IOException e) {
            throw new PluginRefusedException(
                    name, Reason.NO_MANIFEST, "META-INF/MANIFEST.MF: " + e.getMessage(), "a manifest", e);
        }
        throw new PluginRefusedException(
                name, Reason.NO_MANIFEST, "no META-INF/MANIFEST.MF", "one with Plugin-Id and Plugin-Version");
    }

    private String copy() throws IOException {
        if (!Files.isRegularFile(given)) {
            throw new PluginRefusedException(
                    name, Reason.UNREADABLE, Files.exists(given) ? "not a file" : "not there", "a JAR file");
        }
        var digest = sha256();
        try (var in = Files.newInputStream(given);
                var out = files.create(copy)) {
            var buffer = new byte[64 << 10];
            long size = 0;
            for (int n; (n = in.read(buffer)) >= 0; ) {
                size += n;
                if (size > limits.jarBytes()) {
                    throw new PluginRefusedException(
                            name,
                            Reason.TOO_LARGE,
                            "more than " + limits.jarBytes() + " bytes",
                            "at most " + limits.jarBytes());
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        } catch (NoSuchFileException | AccessDeniedException e) {
            if (copy.toString().equals(e.getFile())) {
                throw e;
            }
            throw new PluginRefusedException(name, Reason.UNREADABLE, "cannot be read: " + e, "a readable file", e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: in every Java)", e);
        }
    }
}
