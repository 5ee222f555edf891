package dev.jarway.loader.jar;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One walk through all that a JAR holds, and through the JARs in its {@code lib/}, against the limits. Every entry is
 * unpacked once and its bytes are counted: the sizes that an archive claims for itself are not to be trusted.
 */
final class ArchiveWalk {
    private static final Logger log = LoggerFactory.getLogger(ArchiveWalk.class);
    private static final Pattern LIBRARY = Pattern.compile("lib/[^/]+\\.jar");
    private static final long RATIO_COUNTS_FROM = 1L << 20;

    /** What is parsed as a whole is held in memory as a whole. */
    private static final long MOST_PARSED = 4L << 20;

    private final String jar;
    private final JarLimits limits;
    private final PrivateFile files;
    private final byte[] buffer = new byte[16 << 10];
    private final byte[] head = new byte[ClassEntry.HEAD];

    private int entries;
    private long unpacked;
    private boolean shadowed;

    ArchiveWalk(String jar, JarLimits limits, PrivateFile files) {
        this.jar = jar;
        this.limits = limits;
        this.files = files;
    }

    /** Walks, and puts the JARs of {@code lib/} into the directory. */
    List<Path> walk(Path archive, Path libraryDirectory) throws IOException {
        var libraries = new ArrayList<Path>();
        try (var zip = open(archive, "")) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                check(entry, "");
                if (LIBRARY.matcher(entry.getName()).matches()) {
                    libraries.add(unpack(zip, entry, libraryDirectory.resolve(libraries.size() + ".jar")));
                } else {
                    read(zip, entry, "", OutputStream.nullOutputStream());
                }
            }
        }
        if (shadowed) {
            log.warn("{}: its org.slf4j or jakarta.validation classes are not used, the gateway's are", jar);
        }
        return libraries;
    }

    private Path unpack(ZipFile zip, ZipEntry entry, Path library) throws IOException {
        Files.createDirectories(library.getParent());
        try (var file = files.create(library)) {
            read(zip, entry, "", file);
        }
        String within = entry.getName() + "!/";
        try (var nested = open(library, within)) {
            for (ZipEntry inner : Collections.list(nested.entries())) {
                check(inner, within);
                read(nested, inner, within, OutputStream.nullOutputStream());
            }
        }
        return library;
    }

    private ZipFile open(Path archive, String within) throws IOException {
        try {
            return new ZipFile(archive.toFile());
        } catch (ZipException | EOFException e) {
            String which = within.isEmpty() ? "" : within + " ";
            String why = Objects.requireNonNullElse(e.getMessage(), "it ends too early");
            throw refused(Reason.NOT_A_JAR, which + "cannot be opened: " + why, "a whole JAR");
        }
    }

    private void check(ZipEntry entry, String within) {
        String shown = within + entry.getName();
        EntryName.fault(entry.getName()).ifPresent(fault -> {
            throw refused(Reason.ZIP_SLIP, "entry '" + shown + "' " + fault, "names that stay inside the archive");
        });
        if (++entries > limits.entries()) {
            throw refused(
                    Reason.TOO_MANY_ENTRIES,
                    "more than " + limits.entries() + " entries",
                    "at most " + limits.entries());
        }
    }

    private void read(ZipFile zip, ZipEntry entry, String within, OutputStream to) throws IOException {
        String shown = within + entry.getName();
        var crc = new CRC32();
        long size = 0;
        try (var in = zip.getInputStream(entry)) {
            for (int n; (n = in.read(buffer)) >= 0; size += n) {
                count(entry, shown, size + n, n);
                if (size < head.length) {
                    System.arraycopy(buffer, 0, head, (int) size, (int) Math.min(n, head.length - size));
                }
                crc.update(buffer, 0, n);
                to.write(buffer, 0, n);
            }
        } catch (ZipException | EOFException e) {
            throw refused(Reason.NOT_A_JAR, "entry '" + shown + "' is damaged: " + e.getMessage(), "a whole JAR");
        }
        if (entry.getCrc() != -1 && entry.getCrc() != crc.getValue()) {
            throw refused(Reason.NOT_A_JAR, "entry '" + shown + "' is damaged: wrong checksum", "a whole JAR");
        }
        if (size >= head.length) {
            ClassEntry.of(entry.getName()).ifPresent(type -> {
                type.check(jar, shown, head);
                shadowed |= type.shadowed();
            });
        }
    }

    private void count(ZipEntry entry, String shown, long size, int more) {
        unpacked += more;
        if (unpacked > limits.unpackedBytes()) {
            throw refused(
                    Reason.TOO_LARGE,
                    "more than " + limits.unpackedBytes() + " bytes unpacked",
                    "at most " + limits.unpackedBytes());
        }
        if (size > MOST_PARSED && isParsed(shown)) {
            throw refused(
                    Reason.TOO_LARGE,
                    shown + " has more than " + MOST_PARSED + " bytes",
                    "at most " + MOST_PARSED + " in what is parsed");
        }
        if (size > RATIO_COUNTS_FROM && size / limits.ratio() > entry.getCompressedSize()) {
            throw refused(
                    Reason.ZIP_BOMB,
                    "entry '" + shown + "' unpacks to more than " + limits.ratio() + " times its size",
                    "at most " + limits.ratio() + " times");
        }
    }

    private static boolean isParsed(String name) {
        return name.equalsIgnoreCase(JarFile.MANIFEST_NAME) || name.equals(FactoryName.FILE);
    }

    private PluginRefusedException refused(Reason reason, String found, String expected) {
        return new PluginRefusedException(jar, reason, found, expected);
    }
}
