package dev.jarway.loader.holder;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import org.jspecify.annotations.Nullable;

/** A private field of a JDK class, readable only if the JVM was started so. */
final class JdkField {
    private final Field field;

    private JdkField(Field field) {
        this.field = field;
    }

    static JdkField of(Class<?> type, String name) throws NoSuchFieldException, ClosedToUsException {
        Field field = type.getDeclaredField(name);
        try {
            field.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw new ClosedToUsException("needs --add-opens java.base/" + type.getPackageName() + "=ALL-UNNAMED", e);
        }
        return new JdkField(field);
    }

    @Nullable
    Object of(@Nullable Object owner) throws IllegalAccessException {
        return field.get(owner);
    }
}
