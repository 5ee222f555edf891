package dev.jarway.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RecordSchemaCollectionTest {

    @Test
    void letsGoOfRecordsOfPluginsThatAreGone() throws Exception {
        var loader = useInThrowAwayLoader();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(loader.get()).isNull();
        });
    }

    private static WeakReference<ClassLoader> useInThrowAwayLoader() throws Exception {
        var loader = new Copying();
        var type = loader.loadClass(CollectedConfig.class.getName()).asSubclass(Record.class);
        assertThat(type.getClassLoader()).isSameAs(loader);

        var schema = RecordSchema.of(type);
        var right = Documents.tree("{ name: a, parts: [ { time: 1s } ], mode: slow }");
        var bound = schema.bind(right, "/config", HiddenValues.byKey()).value();
        assertThat(bound.getClass()).isSameAs(type);
        assertThat(schema.canonical(right)).isNotEmpty();
        var wrong = Documents.tree("{ name: refused, parts: [ { time: 1s } ], mode: slow }");
        assertThat(schema.check(wrong, "", HiddenValues.byKey())).hasSize(1);
        assertThat(schema.check(Documents.tree("{}"), "", HiddenValues.byKey())).hasSize(3);

        return new WeakReference<>(loader);
    }

    /** Loads copies of the classes of this test. */
    private static final class Copying extends ClassLoader {
        Copying() {
            super(RecordSchemaCollectionTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(CollectedConfig.class.getName())) {
                return super.loadClass(name, resolve);
            }
            var loaded = findLoadedClass(name);
            return loaded == null ? copy(name) : loaded;
        }

        private Class<?> copy(String name) throws ClassNotFoundException {
            try (var in = Objects.requireNonNull(getResourceAsStream(name.replace('.', '/') + ".class"), name)) {
                var bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
