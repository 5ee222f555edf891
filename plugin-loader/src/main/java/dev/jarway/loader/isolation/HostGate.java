package dev.jarway.loader.isolation;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parent of every generation's class loader: the JDK, and of the host's classes and resources only the contract, the
 * logging API, the validation annotations, and the check that stands in loops.
 */
final class HostGate extends ClassLoader {
    private static final List<String> PACKAGES = List.of("dev.jarway.plugin.", "org.slf4j.", "jakarta.validation.");
    private static final List<String> DIRECTORIES =
            PACKAGES.stream().map(name -> name.replace('.', '/')).toList();
    private static final String GUARD = "dev.jarway.loader.guard.LoopGuard";

    private final ClassLoader host = HostGate.class.getClassLoader();

    HostGate() {
        super("jarway-gate", ClassLoader.getPlatformClassLoader());
    }

    /** Whether a class comes from the host, and from nowhere else. */
    static boolean opens(String className) {
        for (String name : PACKAGES) {
            if (className.startsWith(name)) {
                return true;
            }
        }
        return className.equals(GUARD);
    }

    // Takes no lock of its own, so that generations do not wait for each other here.
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return opens(name) ? host.loadClass(name) : getParent().loadClass(name);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return source(name).getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return source(name).getResources(name);
    }

    private ClassLoader source(String resource) {
        return DIRECTORIES.stream().anyMatch(resource::startsWith) ? host : getParent();
    }
}
