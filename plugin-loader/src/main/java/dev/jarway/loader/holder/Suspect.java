package dev.jarway.loader.holder;

import org.jspecify.annotations.Nullable;

/** A class loader that is to go away, and that can be asked about its classes. */
public interface Suspect {

    /** The class loader. */
    ClassLoader classLoader();

    /** A number that no other class loader has; it stands in its field {@code mark}, where a heap dump shows it. */
    long mark();

    /** Whether code behind this class loader has asked for the class, whoever defined it. */
    boolean knows(String className);

    /** Whether this class loader has defined the class. */
    boolean defined(String className);

    /** Defines a class of the host once more, in this class loader, for what the JDK allows to such classes alone. */
    Class<?> adopt(String className, byte[] classFile);

    /** Whether the object's class is one of this class loader's, or the object itself is such a class or class loader. */
    default boolean owns(Object object) {
        return isAbove(object.getClass().getClassLoader())
                || (object instanceof Class<?> type && isAbove(type.getClassLoader()))
                || (object instanceof ClassLoader loader && isAbove(loader));
    }

    /** Whether that class loader is this one, or has it for a parent, as those of proxy libraries have. */
    default boolean isAbove(@Nullable ClassLoader loader) {
        for (ClassLoader next = loader; next != null; next = next.getParent()) {
            if (next == classLoader()) {
                return true;
            }
        }
        return false;
    }
}
