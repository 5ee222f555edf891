package dev.jarway.loader.holder;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A private field of a JDK class, to be read and written only if the JVM was started so. */
final class JdkField {
    private final Field field;

    private JdkField(Field field) {
        this.field = field;
    }

    static JdkField of(Class<?> type, String name) throws NoSuchFieldException, ClosedToUsException {
        Field field = type.getDeclaredField(name);
        open(field);
        return new JdkField(field);
    }

    static JdkField of(String type, String name) throws ReflectiveOperationException {
        return of(Class.forName(type), name);
    }

    /** Fails unless the fields of these classes can be read. */
    static void demandOpen(String... types) throws ReflectiveOperationException {
        var needed = new ArrayList<String>();
        for (String name : types) {
            Class<?> type = Class.forName(name);
            if (!type.getModule().isOpen(type.getPackageName(), JdkField.class.getModule())) {
                needed.add(opening(type));
            }
        }
        if (!needed.isEmpty()) {
            throw new ClosedToUsException(needed);
        }
    }

    private static void open(Field field) throws ClosedToUsException {
        try {
            field.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            throw new ClosedToUsException(List.of(opening(field.getDeclaringClass())));
        }
    }

    private static String opening(Class<?> type) {
        return type.getModule().getName() + "/" + type.getPackageName() + "=ALL-UNNAMED";
    }

    @Nullable
    Object of(@Nullable Object owner) throws IllegalAccessException {
        return field.get(owner);
    }

    void set(@Nullable Object owner, @Nullable Object value) throws IllegalAccessException {
        field.set(owner, value);
    }
}
