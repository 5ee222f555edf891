package dev.jarway.loader;

import dev.jarway.loader.PluginRefusedException.Reason;
import dev.jarway.plugin.PluginFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** The one class that a JAR names as its factory, and how it becomes one. */
final class FactoryEntry {
    /** Stands before what is wrong with a factory, in the message that comes back over the boundary. */
    static final String REFUSED = "refused: ";

    private static final String SERVICES = "META-INF/services/" + PluginFactory.class.getName();

    private final String className;

    private FactoryEntry(String className) {
        this.className = className;
    }

    /** Reads which class the JAR names; it has to be exactly one. */
    static FactoryEntry read(String file, Path archive) throws PluginRefusedException {
        List<String> names = names(file, archive);
        if (names.isEmpty()) {
            throw new PluginRefusedException(
                    file, Reason.NO_FACTORY, "names no factory (expected: one class name in " + SERVICES + ")");
        }
        if (names.size() > 1) {
            throw new PluginRefusedException(
                    file,
                    Reason.SEVERAL_FACTORIES,
                    "names " + names.size() + " factories: " + String.join(", ", names)
                            + " (expected: one class name in " + SERVICES + ")");
        }
        return new FactoryEntry(names.getFirst());
    }

    private static List<String> names(String file, Path archive) throws PluginRefusedException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            @Nullable JarEntry entry = jar.getJarEntry(SERVICES);
            if (entry == null) {
                return List.of();
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
                return lines.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .toList();
            }
        } catch (IOException e) {
            throw new PluginRefusedException(file, Reason.UNREADABLE, SERVICES + ": " + e.getMessage(), e);
        }
    }

    /** Makes the factory: this runs the plugin's code for the first time. */
    PluginFactory<?> create(GenerationClassLoader loader) throws Exception {
        Class<?> type = type(loader);
        if (!PluginFactory.class.isAssignableFrom(type)) {
            throw refuse("which does not implement it (expected: an implementation of " + PluginFactory.class.getName()
                    + ")");
        }
        PluginFactory<?> factory = instance(type);
        if (factory.configType() == null || factory.executes() == null || factory.credentialType() == null) {
            throw refuse("which returns null (expected: a config type, an execution and a credential type)");
        }
        if (!factory.configType().isRecord()) {
            throw refuse("whose config type is " + factory.configType().getName() + " (expected: a record)");
        }
        return factory;
    }

    private Class<?> type(GenerationClassLoader loader) {
        try {
            return Class.forName(className, true, loader);
        } catch (ClassNotFoundException e) {
            throw refuse("which it does not contain");
        }
    }

    private PluginFactory<?> instance(Class<?> type) throws Exception {
        try {
            return (PluginFactory<?>) type.getConstructor().newInstance();
        } catch (InvocationTargetException e) {
            // What its constructor threw says more than that it threw.
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
            throw refuse(
                    "which cannot be made (expected: a public class with a public constructor without parameters)");
        }
    }

    private IllegalStateException refuse(String what) {
        return new IllegalStateException(REFUSED + "names the factory " + className + ", " + what);
    }
}
