package dev.jarway.loader.jar;

import dev.jarway.loader.jar.PluginRefusedException.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/** The class that a JAR names as its factory, in the file that {@link java.util.ServiceLoader} reads too. */
final class FactoryName {
    static final String FILE = "META-INF/services/dev.jarway.plugin.PluginFactory";

    private FactoryName() {}

    static String in(String jar, JarFile file, List<Path> libraries) throws IOException {
        List<String> names = names(file);
        if (names.isEmpty()) {
            throw new PluginRefusedException(jar, Reason.NO_FACTORY, "no factory in " + FILE, "the name of one class");
        }
        if (names.size() > 1) {
            throw new PluginRefusedException(
                    jar,
                    Reason.SEVERAL_FACTORIES,
                    names.size() + " factories in " + FILE + ": " + String.join(", ", names),
                    "the name of one class");
        }
        String name = names.get(0);
        String path = name.replace('.', '/') + ".class";
        if (file.getEntry(path) == null && !anyHas(libraries, path)) {
            throw new PluginRefusedException(
                    jar, Reason.FACTORY_NOT_FOUND, "factory " + name + " is not in the JAR", path);
        }
        return name;
    }

    private static List<String> names(JarFile file) throws IOException {
        var entry = file.getEntry(FILE);
        if (entry == null) {
            return List.of();
        }
        try (var in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .distinct()
                    .toList();
        }
    }

    private static boolean anyHas(List<Path> libraries, String path) throws IOException {
        for (Path library : libraries) {
            try (var file = new JarFile(library.toFile(), false)) {
                if (file.getEntry(path) != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
