package dev.jarway.testkit;

import dev.jarway.runtime.Gateway;
import dev.jarway.runtime.snapshot.Inventory.JarFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The drop folder of a gateway under test, where JARs come and go as an operator would have it. */
record PluginFolder(Path path) {
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(30);

    /** Copies the JARs, before there is a gateway. */
    void fill(List<Path> jars) throws IOException {
        for (var jar : jars) {
            Files.copy(jar, path.resolve(jar.getFileName()));
        }
    }

    /** Fails if there is a JAR that the gateway cannot use. */
    static void requireFit(Gateway gateway) {
        gateway.plugins().files().values().forEach(PluginFolder::requireFit);
    }

    private static void requireFit(JarFile file) {
        if (file instanceof JarFile.Unfit unfit) {
            throw new AssertionError("plugin refused: " + unfit.reason());
        }
    }

    /** Puts a JAR in the place of the one with the same plugin id, and returns when requests run the new one. */
    void replace(Path jar, Gateway gateway) throws IOException {
        var name = nameFor(jar, gateway);
        var hash = sha256(Files.readAllBytes(jar));
        // The gateway does not look at hidden files, and a move is seen at once and whole.
        var hidden = Files.copy(jar, path.resolve("." + name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(hidden, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        boolean taken = Patience.of(TAKEN_WITHIN)
                .until(() -> isIn(gateway.snapshot().inventory().files(), name, hash)
                        || isRefused(gateway.plugins().files(), name, hash));
        if (!taken) {
            throw new AssertionError(name + ": not taken within " + TAKEN_WITHIN);
        }
        requireFit(gateway);
    }

    private static boolean isIn(Map<String, JarFile> files, String name, String hash) {
        return files.get(name) instanceof JarFile.Fit fit && fit.sha256().equals(hash);
    }

    private static boolean isRefused(Map<String, JarFile> files, String name, String hash) {
        return files.get(name) instanceof JarFile.Unfit unfit && unfit.sha256().equals(hash);
    }

    /** The name of the file that holds the same plugin; that of the JAR if there is none. */
    private static String nameFor(Path jar, Gateway gateway) throws IOException {
        var id = idOf(jar);
        return gateway.plugins().present().stream()
                .filter(type -> type.generation().identity().id().equals(id))
                .flatMap(type -> gateway.plugins().fileOf(type).stream())
                .findFirst()
                .orElseGet(() -> jar.getFileName().toString());
    }

    private static String idOf(Path jar) throws IOException {
        try (var file = new java.util.jar.JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            return manifest == null
                    ? ""
                    : String.valueOf(manifest.getMainAttributes().getValue("Plugin-Id"));
        }
    }

    /** Takes all away. */
    void empty() throws IOException {
        try (var files = Files.list(path)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // Every JDK has it.
        }
    }
}
