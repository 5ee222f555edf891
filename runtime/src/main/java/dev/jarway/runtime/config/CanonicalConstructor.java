package dev.jarway.runtime.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** The constructor that every record has: one parameter for each component. */
final class CanonicalConstructor {
    private CanonicalConstructor() {}

    /** That of a record, which need not be public. */
    static Constructor<? extends Record> of(Class<? extends Record> type) {
        var parameters = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    type.getName() + ": has no canonical constructor (expected: every record)", e);
        }
    }
}
