package dev.jarway.loader.holder;

import java.util.List;

/** Parts of the JDK cannot be looked into. The message says how the JVM would have to be started. */
final class ClosedToUsException extends ReflectiveOperationException {
    private static final long serialVersionUID = 1L;

    ClosedToUsException(List<String> needed) {
        super("needs --add-opens " + String.join(", ", needed));
    }
}
