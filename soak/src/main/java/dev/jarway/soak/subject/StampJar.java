package dev.jarway.soak.subject;

import dev.jarway.soak.plugin.Stamp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A plugin JAR with {@link Stamp} in it: packed anew for each swap, so that no two have the same bytes. */
final class StampJar {
    private StampJar() {}

    /** The JAR's bytes. */
    static byte[] bytes(String id, String version, long number) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "META-INF/MANIFEST.MF", """
                    Manifest-Version: 1.0
                    Plugin-Id: %s
                    Plugin-Version: %s
                    Plugin-Requires: >=1.0.0
                    """.formatted(id, version));
            put(zip, "META-INF/services/dev.jarway.plugin.PluginFactory", Stamp.class.getName());
            put(zip, Stamp.NUMBER, Long.toString(number));
            for (Class<?> type : classes()) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream in = Objects.requireNonNull(type.getResourceAsStream("/" + name), name)) {
                    zip.putNextEntry(new ZipEntry(name));
                    in.transferTo(zip);
                }
            }
        }
        return bytes.toByteArray();
    }

    private static List<Class<?>> classes() {
        List<Class<?>> classes = new ArrayList<>(List.of(Stamp.class.getDeclaredClasses()));
        classes.add(Stamp.class);
        return classes;
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
