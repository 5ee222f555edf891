package dev.jarway.runtime.host;

import java.io.IOException;
import java.util.Objects;

/** Defines the guest's classes itself, from the bytes of this module's tests, and leaves all others to its parent. */
final class GuestLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    GuestLoader() {
        super("guest", GuestLoader.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.equals(Guest.class.getName()) && !name.startsWith(Guest.class.getName() + "$")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            var loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (var in = Objects.requireNonNull(getParent()).getResourceAsStream(name.replace('.', '/') + ".class")) {
            byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
