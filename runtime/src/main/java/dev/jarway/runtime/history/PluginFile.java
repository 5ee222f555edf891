package dev.jarway.runtime.history;

/**
 * A plugin of a revision.
 *
 * @param file its name in the drop folder
 * @param id of the plugin
 * @param version of the plugin
 * @param sha256 of the JAR, in hexadecimal
 * @param kept whether the file was gone or replaced by one that could not be used, so that the plugin served on without it
 */
public record PluginFile(String file, String id, String version, String sha256, boolean kept) {}
