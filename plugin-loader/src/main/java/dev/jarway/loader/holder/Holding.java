package dev.jarway.loader.holder;

/**
 * One thing outside of a plugin that holds, or held, its classes.
 *
 * @param kind what it is, as in {@code thread} or {@code jdbc-driver}
 * @param detail which one, in words for an operator
 */
public record Holding(String kind, String detail) {}
