package dev.jarway.loader;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a plugin sees of its host: the JDK's platform, the contract, slf4j and the annotations of jakarta.validation, as
 * classes and as resources, and the guard that its loops ask.
 */
final class HostView extends ClassLoader {
    private static final List<String> SHARED = List.of("dev.jarway.plugin.", "org.slf4j.", "jakarta.validation.");
    private static final String GUARD = "dev.jarway.loader.guard.LoopGuard";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader host;

    HostView(ClassLoader host) {
        super("jarway-host-view", getPlatformClassLoader());
        this.host = host;
    }

    /** Whether the class comes from the host, whatever the plugin brings along. */
    static boolean shares(String className) {
        return className.equals(GUARD) || SHARED.stream().anyMatch(className::startsWith);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!shares(name)) {
            throw new ClassNotFoundException(name);
        }
        return host.loadClass(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return sharesResource(name) ? host.getResource(name) : null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return sharesResource(name) ? host.getResources(name) : Collections.emptyEnumeration();
    }

    private static boolean sharesResource(String name) {
        return shares(name.replace('/', '.'));
    }
}
