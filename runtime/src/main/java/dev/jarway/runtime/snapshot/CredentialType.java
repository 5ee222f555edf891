package dev.jarway.runtime.snapshot;

import dev.jarway.plugin.Index;
import dev.jarway.runtime.config.RecordSchema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * The form of the credentials that one plugin finds consumers by.
 *
 * @param schema of one credential
 * @param index the component by which consumers are looked up
 */
record CredentialType<C extends Record>(RecordSchema<C> schema, RecordComponent index) {

    static <C extends Record> CredentialType<C> of(Class<C> type) {
        List<RecordComponent> marked = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.isAnnotationPresent(Index.class))
                .toList();
        if (marked.size() != 1) {
            throw new IllegalArgumentException("credential type " + type.getName() + ": " + marked.size()
                    + " components marked @Index (expected: exactly one)");
        }
        return new CredentialType<>(RecordSchema.of(type), marked.getFirst());
    }

    /** The text by which the consumer of a credential is found. */
    String indexOf(Record credential) throws ReflectiveOperationException {
        var accessor = index.getAccessor();
        accessor.setAccessible(true);
        return String.valueOf(accessor.invoke(credential));
    }
}
