package dev.jarway.plugin;

/**
 * The name and type of an attribute of an {@link Exchange}. Two keys are the same if name and type are, so plugins that
 * share an attribute need to share no code:
 *
 * <pre>{@code
 * private static final Key<String> TENANT = Key.of("tenant", String.class);
 * exchange.setAttribute(TENANT, "acme");
 * }</pre>
 *
 * @param name unique by convention, as in {@code "acme.tenant"}
 * @param type a JDK type, where other plugins are to read it
 */
public record Key<T>(String name, Class<T> type) {

    /** A key of that name and type. */
    public static <T> Key<T> of(String name, Class<T> type) {
        return new Key<>(name, type);
    }
}
