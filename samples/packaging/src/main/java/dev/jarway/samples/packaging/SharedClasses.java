package dev.jarway.samples.packaging;

import java.util.List;

/** The class loader of what a gateway shares with its plugins: the JDK, and the packages that are named here. */
final class SharedClasses extends ClassLoader {
    static final List<String> PACKAGES = List.of("dev.jarway.plugin.", "org.slf4j.", "jakarta.validation.");

    SharedClasses() {
        super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (PACKAGES.stream().anyMatch(name::startsWith)) {
            return SharedClasses.class.getClassLoader().loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
