package dev.jarway.plugin;

/**
 * Which copy of which plugin this is.
 *
 * @param id {@code Plugin-Id} of the JAR's manifest
 * @param version {@code Plugin-Version} of the JAR's manifest
 * @param generation counts the loaded JARs of this gateway process, from 1; two loads of the same version differ in it
 */
public record PluginIdentity(String id, String version, long generation) {

    /** As in logs: {@code mock-response@1.2.0#7}. */
    @Override
    public String toString() {
        return id + "@" + version + "#" + generation;
    }
}
