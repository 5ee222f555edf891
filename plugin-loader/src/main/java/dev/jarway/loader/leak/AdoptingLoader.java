package dev.jarway.loader.leak;

/** A class loader that can take in a class of the host as one of its own. */
public interface AdoptingLoader {

    /** Defines the class, or gives it if it was defined before. */
    Class<?> adopt(String name, byte[] classFile);
}
