package dev.jarway.loader;

import dev.jarway.loader.PluginRefusedException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The look at an archive before anything of it is used: it is whole, of bounded size, its names stay inside it, and it brings
 * no classes that are the host's to give.
 */
final class ArchiveCheck {
    private static final long RATIO_MATTERS_FROM = 1 << 20;
    private static final String CONTRACT = "dev/jarway/plugin/";

    private final String file;
    private final LoaderLimits limits;
    private int entries;
    private long unpacked;

    private ArchiveCheck(String file, LoaderLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /**
     * Looks at all entries, those of nested libraries too.
     */
    static void check(String file, Path archive, LoaderLimits limits) throws PluginRefusedException {
        ArchiveCheck check = new ArchiveCheck(file, limits);
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            check.all(zip);
        } catch (ZipException e) {
            throw check.refuse(
                    Reason.NOT_AN_ARCHIVE,
                    "cannot be read as a JAR: " + e.getMessage() + " (expected: a complete JAR or ZIP file)");
        } catch (IOException | IllegalArgumentException e) {
            throw check.refuse(Reason.UNREADABLE, "cannot be read: " + e.getMessage());
        }
    }

    private void all(ZipFile zip) throws IOException, PluginRefusedException {
        Enumeration<? extends ZipEntry> all = zip.entries();
        while (all.hasMoreElements()) {
            ZipEntry entry = all.nextElement();
            name(entry.getName());
            try (InputStream content = zip.getInputStream(entry)) {
                boolean library = isLibrary(entry.getName());
                if (library) {
                    library(content);
                }
                size(entry, library ? Math.max(0, entry.getSize()) : count(content));
            }
        }
    }

    private void library(InputStream content) throws IOException, PluginRefusedException {
        ZipInputStream nested = new ZipInputStream(content);
        for (ZipEntry entry = nested.getNextEntry(); entry != null; entry = nested.getNextEntry()) {
            name(entry.getName());
            size(entry, count(nested));
        }
        if (content.read() >= 0) {
            count(content);
        }
    }

    private void name(String name) throws PluginRefusedException {
        if (++entries > limits.entries()) {
            throw refuse(
                    Reason.TOO_MANY_ENTRIES, "more entries than can be (expected: at most " + limits.entries() + ")");
        }
        boolean drive = name.length() > 1 && name.charAt(1) == ':';
        boolean climbs = List.of(name.split("/")).contains("..");
        if (name.startsWith("/") || drive || climbs || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw refuse(
                    Reason.UNSAFE_NAME,
                    "entry '" + printable(name)
                            + "' points outside the archive (expected: relative names without '..' and '\\')");
        }
        String plain = name.replaceFirst("^META-INF/versions/\\d+/", "");
        if (plain.startsWith(CONTRACT) && plain.endsWith(".class")) {
            throw refuse(
                    Reason.BUNDLES_CONTRACT,
                    "contains the contract's class " + printable(name)
                            + " (expected: plugin-contract in scope 'provided', the gateway gives it)");
        }
    }

    private void size(ZipEntry entry, long size) throws PluginRefusedException {
        unpacked += size;
        if (unpacked > limits.unpackedBytes()) {
            throw refuse(Reason.TOO_LARGE, "unpacks to more than " + limits.unpackedBytes() + " bytes");
        }
        long packed = entry.getCompressedSize();
        if (size > RATIO_MATTERS_FROM && packed > 0 && size / packed > limits.ratio()) {
            throw refuse(
                    Reason.SUSPICIOUS_RATIO,
                    "entry '" + printable(entry.getName()) + "' unpacks to " + size / packed
                            + " times its size (expected: at most " + limits.ratio() + " times)");
        }
    }

    /** Counts what really comes out, since what an entry says of its size is anyone's to write. */
    private long count(InputStream content) throws IOException, PluginRefusedException {
        byte[] buffer = new byte[16 * 1024];
        long count = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            count += read;
            if (unpacked + count > limits.unpackedBytes()) {
                throw refuse(Reason.TOO_LARGE, "unpacks to more than " + limits.unpackedBytes() + " bytes");
            }
        }
        return count;
    }

    /** Whether an entry is a library of the plugin. */
    static boolean isLibrary(String name) {
        return name.startsWith("lib/") && name.endsWith(".jar") && name.indexOf('/', 4) < 0;
    }

    private PluginRefusedException refuse(Reason reason, String detail) {
        return new PluginRefusedException(file, reason, detail);
    }

    private static String printable(String name) {
        String clean = name.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
    }
}
