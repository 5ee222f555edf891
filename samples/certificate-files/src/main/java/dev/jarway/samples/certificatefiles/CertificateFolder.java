package dev.jarway.samples.certificatefiles;

import dev.jarway.plugin.CertificatePlugin.Certificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * The certificates of a folder. It is read by one thread and asked by many: what they are given is a map that nobody changes
 * any more.
 */
final class CertificateFolder {
    private final Path folder;
    private final Logger log;
    private final Map<Path, PemPair> pairs = new HashMap<>();
    private volatile Map<String, Certificate> byName = Map.of();

    CertificateFolder(Path folder, Logger log) {
        this.folder = folder;
        this.log = log;
    }

    /** What there is for a name; a certificate for {@code *.example.com} stands for all names right below. */
    Optional<Certificate> find(String name) {
        var names = byName;
        var exact = names.get(name);
        int dot = name.indexOf('.');
        return Optional.ofNullable(exact != null || dot < 0 ? exact : names.get("*" + name.substring(dot)));
    }

    /** As {@link #look}, for a folder that was there before. */
    void lookAgain() {
        try {
            look();
        } catch (IOException | UncheckedIOException e) {
            log.warn("{} cannot be looked at, and what was in it stays: {}", folder, e.toString());
        }
    }

    /** Reads what has changed. A pair that cannot be read, or does not fit, stays as it was. */
    void look() throws IOException {
        var found = new HashMap<Path, PemPair>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.crt")) {
            for (var cert : files) {
                pair(cert).ifPresent(pair -> found.put(cert, pair));
            }
        }
        pairs.clear();
        pairs.putAll(found);
        var names = new HashMap<String, Certificate>();
        pairs.values().forEach(pair -> pair.names().forEach(name -> names.putIfAbsent(name, pair.certificate())));
        byName = Map.copyOf(names);
    }

    private Optional<PemPair> pair(Path cert) {
        var before = pairs.get(cert);
        var key = cert.resolveSibling(cert.getFileName().toString().replaceFirst("\\.crt$", ".key"));
        try {
            var now = PemPair.read(cert, key, Optional.ofNullable(before));
            if (before == null || !before.text().equals(now.text())) {
                log.info("Certificate {} for {}", cert.getFileName(), now.names());
            }
            return Optional.of(now);
        } catch (IOException e) {
            log.warn("Certificate {}: {}", cert.getFileName(), e.toString());
            return Optional.ofNullable(before);
        }
    }
}
