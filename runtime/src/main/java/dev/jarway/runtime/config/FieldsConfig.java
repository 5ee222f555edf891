package dev.jarway.runtime.config;

import dev.jarway.plugin.Default;

/**
 * Which header fields are let in.
 *
 * @param underscores fields with an underscore in their name
 */
public record FieldsConfig(@Default("drop") Underscores underscores) {
    /** What holds where the configuration says nothing. */
    public static final FieldsConfig STANDARD = new FieldsConfig(Underscores.DROP);

    /** What becomes of {@code X_User}, which CGI, WSGI and their like cannot tell from {@code X-User}. */
    public enum Underscores {
        /** The request is refused. */
        REJECT,
        /** The field is taken off. */
        DROP,
        /** The field stays. */
        KEEP
    }
}
