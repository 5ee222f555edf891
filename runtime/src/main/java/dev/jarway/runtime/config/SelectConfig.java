package dev.jarway.runtime.config;

/**
 * A version for some requests, whatever the weights say.
 *
 * @param match which requests
 * @param version one of the entry's versions
 */
public record SelectConfig(SelectMatch match, String version) {}
