package dev.jarway.loader.holder;

import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way from an object of the JDK's or the host's to something of a plugin's, field by field, nearest first, within bounds.
 * Only reads fields and calls nothing, for other threads work on what it looks at. What does not hold is not followed: referents.
 */
final class Trail {
    private static final int MOST_OBJECTS = 20_000;
    private static final int MOST_ELEMENTS = 10_000;

    /** Of a thread, these are looked at by {@link ThreadLocals} and {@link LiveThreads}. */
    private static final Set<String> NOT_OF_THREADS =
            Set.of("threadLocals", "inheritableThreadLocals", "contextClassLoader", ThreadLocals.OF_NETTY);

    private final Suspect suspect;
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    Trail(Suspect suspect) {
        this.suspect = suspect;
    }

    /** The way, as in {@code java.util.ArrayList.elementData → [0] → acme.Foo}. What one search has seen, the next skips. */
    Optional<String> from(@Nullable Object start) {
        var queue = new ArrayDeque<Step>();
        add(queue, new Step(start, null, ""));
        for (int looked = 0; looked < MOST_OBJECTS && !queue.isEmpty(); looked++) {
            Step step = queue.remove();
            Object object = step.object();
            if (suspect.owns(object)) {
                return Optional.of(step.text());
            }
            if (object instanceof Object[] array) {
                for (int i = 0; i < Math.min(array.length, MOST_ELEMENTS); i++) {
                    add(queue, new Step(array[i], step, "[" + i + "]"));
                }
            } else if (step.previous() == null || !(object instanceof Thread || object instanceof ClassLoader)) {
                fields(object.getClass()).forEach(field -> add(queue, step.through(field)));
            }
        }
        return Optional.empty();
    }

    private void add(ArrayDeque<Step> queue, Step step) {
        if (step.present() && seen.add(step.object())) {
            queue.add(step);
        }
    }

    private List<Field> fields(Class<?> type) {
        return fields.computeIfAbsent(type, Trail::readable);
    }

    private static List<Field> readable(Class<?> type) {
        var readable = new ArrayList<Field>();
        for (Class<?> part = type; part != null && part != Reference.class; part = part.getSuperclass()) {
            try {
                Arrays.stream(part.getDeclaredFields()).filter(Trail::leadsOn).forEach(readable::add);
            } catch (LinkageError e) {
                // A library whose optional part is not there.
            }
        }
        return readable;
    }

    private static boolean leadsOn(Field field) {
        if (Modifier.isStatic(field.getModifiers())
                || field.getType().isPrimitive()
                || field.getType() == String.class
                || (Thread.class.isAssignableFrom(field.getDeclaringClass())
                        && NOT_OF_THREADS.contains(field.getName()))) {
            return false;
        }
        try {
            field.setAccessible(true);
            return true;
        } catch (InaccessibleObjectException e) {
            return false;
        }
    }

    /** An object that was come to, from where, and by what. */
    private record Step(@Nullable Object target, @Nullable Step previous, String link) {

        boolean present() {
            return target != null;
        }

        Object object() {
            if (target == null) {
                throw new IllegalStateException("nothing is there");
            }
            return target;
        }

        Step through(Field field) {
            String name = field.getDeclaringClass().getName() + "." + field.getName();
            try {
                return new Step(field.get(target), this, name);
            } catch (IllegalAccessException e) {
                return new Step(null, this, name);
            }
        }

        String text() {
            var links = new ArrayList<String>();
            links.add(describe(object()));
            for (Step step = this; step.previous() != null; step = step.previous()) {
                links.add(step.link());
            }
            Collections.reverse(links);
            return String.join(" → ", links);
        }

        private static String describe(Object object) {
            return object instanceof Class<?> type
                    ? "class " + type.getName()
                    : object.getClass().getName();
        }
    }
}
