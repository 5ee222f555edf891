package dev.jarway.loader.holder;

/** A class loader that is to go away, and that can be asked about its classes. */
public interface Suspect {

    /** The class loader. */
    ClassLoader classLoader();

    /** Whether code behind this class loader has asked for the class, whoever defined it. */
    boolean knows(String className);

    /** Whether this class loader has defined the class. */
    boolean defined(String className);

    /** Defines a class of the host once more, in this class loader, for what the JDK allows to such classes alone. */
    Class<?> adopt(String className, byte[] classFile);

    /** Whether the object's class is one of this class loader's. */
    default boolean owns(Object object) {
        return object.getClass().getClassLoader() == classLoader();
    }
}
