package dev.jarway.loader.heap;

/**
 * An object that can be told from all others in a heap dump, by a number of its own.
 *
 * @param className the object's class, as {@link Class#getName} says it
 * @param field a field of type {@code long} that this very class declares
 * @param value the number
 * @param description what the object is called in the way to it
 */
public record Marked(String className, String field, long value, String description) {}
