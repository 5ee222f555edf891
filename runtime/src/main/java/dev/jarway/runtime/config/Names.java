package dev.jarway.runtime.config;

/** The form that names in the configuration have. */
final class Names {
    static final String PATTERN = "^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$";
    static final String EXPECTED = "a name of letters, digits, dots, dashes and underscores";

    private Names() {}
}
