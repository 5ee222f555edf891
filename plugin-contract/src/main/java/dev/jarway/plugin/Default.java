package dev.jarway.plugin;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a configuration record's component that the configuration leaves out. It stands in the schema too, and so
 * in the documentation that is made from it.
 *
 * <p>A component without it has to be given, unless its type is {@link java.util.Optional}.
 *
 * <pre>{@code
 * public record Config(@Min(1) int perSecond, @Default("10") int burst, @Default("[]") List<String> exempt) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

    /** The text itself where the component is written as a string (text, duration, enum constant), else JSON. */
    String value();
}
